import type { Activation } from "../kernels/activations.ts"
import { linear } from "../ops/linear.ts"
import type { Tensor } from "../tensor/tensor.ts"
import { Module } from "./module.ts"
import { Parameter } from "./parameter.ts"

export interface LinearForwardOptions {
  activation?: Activation
  /** `[..., out]`: the output becomes silu(gate) * output. */
  gate?: Tensor
  /** `[..., out]`: added last. */
  residual?: Tensor
}

/** y = x·Wᵀ + b, with the parameters of PyTorch's `nn.Linear`. */
export class Linear extends Module {
  readonly weight: Parameter
  readonly bias: Parameter | undefined

  constructor(inFeatures: number, outFeatures: number, options: { bias?: boolean } = {}) {
    super()
    this.weight = new Parameter([outFeatures, inFeatures], { packable: true })
    this.bias = (options.bias ?? true) ? new Parameter([outFeatures]) : undefined
  }

  /** `[..., in]` -> `[..., out]` */
  forward(x: Tensor, options: LinearForwardOptions = {}): Tensor {
    return linear(x, this.weight.value, this.bias ? { ...options, bias: this.bias.tensor } : options)
  }
}
