import type { Projector } from "@llava/model"
import { type Activation, Linear, Module, type Tensor } from "@llava/tensor"

/** One or more linear layers with an activation between them: LLaVA's `linear` and `mlpNx_gelu`. */
export class MlpProjector extends Module implements Projector {
  readonly #layers: Linear[]
  readonly #activation: Activation | undefined

  /** `sizes` from featureSize to hiddenSize: one layer between each two of them. */
  constructor(sizes: readonly number[], options: { bias: boolean; activation: Activation | undefined }) {
    super()
    this.#activation = options.activation
    this.#layers = sizes.slice(1).map((size, index) => new Linear(sizes[index]!, size, { bias: options.bias }))
    // Named as transformers does: linear_1, linear_2, ...
    for (const [index, layer] of this.#layers.entries()) Object.assign(this, { [`linear_${index + 1}`]: layer })
  }

  tokensOut(tokensIn: number): number {
    return tokensIn
  }

  project(features: Tensor): Tensor {
    using scope = features.device.scope()
    const last = this.#layers.length - 1
    const between = this.#activation && { activation: this.#activation }
    let hidden = features // [batch, tokens, size of this layer]
    for (const [index, layer] of this.#layers.entries()) {
      hidden = layer.forward(hidden, index < last ? between : {})
    }
    return scope.keep(hidden)
  }
}
