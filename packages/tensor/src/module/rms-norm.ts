import { addRmsNorm } from "../ops/add-rms-norm.ts"
import { rmsNorm } from "../ops/rms-norm.ts"
import type { Tensor } from "../tensor/tensor.ts"
import { Module } from "./module.ts"
import { Parameter } from "./parameter.ts"

/** Root-mean-square normalisation over the last axis (Zhang and Sennrich 2019), as LLaMA uses it. */
export class RmsNorm extends Module {
  readonly weight: Parameter
  readonly epsilon: number

  constructor(size: number, epsilon = 1e-6) {
    super()
    this.weight = new Parameter([size])
    this.epsilon = epsilon
  }

  /** `[..., size]` -> `[..., size]` */
  forward(x: Tensor): Tensor {
    return rmsNorm(x, this.weight.tensor, this.epsilon)
  }

  /** `sum` = x + residual, and `normed` its normalisation, in one pass. */
  forwardSum(x: Tensor, residual: Tensor): { sum: Tensor; normed: Tensor } {
    return addRmsNorm(x, residual, this.weight.tensor, this.epsilon)
  }
}
