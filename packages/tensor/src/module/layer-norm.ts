import { layerNorm } from "../ops/layer-norm.ts"
import type { Tensor } from "../tensor/tensor.ts"
import { Module } from "./module.ts"
import { Parameter } from "./parameter.ts"

/** Layer normalisation over the last axis, with the parameters of PyTorch's `nn.LayerNorm`. */
export class LayerNorm extends Module {
  readonly weight: Parameter
  readonly bias: Parameter
  readonly epsilon: number

  constructor(size: number, epsilon = 1e-5) {
    super()
    this.weight = new Parameter([size])
    this.bias = new Parameter([size])
    this.epsilon = epsilon
  }

  /** `[..., size]` -> `[..., size]` */
  forward(x: Tensor): Tensor {
    return layerNorm(x, this.weight.tensor, this.bias.tensor, this.epsilon)
  }
}
