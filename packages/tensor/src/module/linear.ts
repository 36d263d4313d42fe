import type { Activation } from "../kernels/activations.ts"
import { PackedMatrix } from "../matrix/packed-matrix.ts"
import { activation as activate } from "../ops/activation.ts"
import { add } from "../ops/add.ts"
import { linear } from "../ops/linear.ts"
import { siluProduct } from "../ops/silu-product.ts"
import type { Tensor } from "../tensor/tensor.ts"
import { addToWeight } from "./add-to-weight.ts"
import type { LowRankAdapter } from "./low-rank-adapter.ts"
import { Module } from "./module.ts"
import { Parameter } from "./parameter.ts"

/** What is applied to the product in the same dispatch: gate, activation and residual, in this order. */
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
  readonly inFeatures: number
  readonly outFeatures: number
  #adapter: LowRankAdapter | undefined

  constructor(inFeatures: number, outFeatures: number, options: { bias?: boolean } = {}) {
    super()
    this.inFeatures = inFeatures
    this.outFeatures = outFeatures
    this.weight = new Parameter([outFeatures, inFeatures], { packable: true })
    this.bias = (options.bias ?? true) ? new Parameter([outFeatures]) : undefined
  }

  /** What is added to the product by low rank; its parameters come up as if they were the layer's own. */
  get adapter(): LowRankAdapter | undefined {
    return this.#adapter
  }

  /** Takes ownership, and gives the one before back to the caller. */
  set adapter(adapter: LowRankAdapter | undefined) {
    this.#adapter = adapter
  }

  /**
   * Adds the adapter's product to the weight, which becomes dense f32: the layer computes the same in one product.
   * Errors: "quantised" for a quantised weight, which has no room for it.
   */
  mergeAdapter(): void {
    if (!this.#adapter || this.#adapter.merged) return
    using delta = this.#adapter.delta() // [out, in]
    addToWeight(this.weight, delta, 1)
    this.#adapter.merged = true
  }

  /** Takes the adapter's product out of the weight again, up to the rounding of one addition. */
  unmergeAdapter(): void {
    if (!this.#adapter?.merged) return
    using delta = this.#adapter.delta() // [out, in]
    addToWeight(this.weight, delta, -1)
    this.#adapter.merged = false
  }

  override *namedParameters(prefix = ""): Generator<[path: string, parameter: Parameter]> {
    yield* super.namedParameters(prefix)
    if (this.#adapter) yield* this.#adapter.namedParameters(prefix)
  }

  /** The weight where it is packed and all that the layer multiplies by, without bias or adapter. */
  get packedOnly(): PackedMatrix | undefined {
    if (this.bias || (this.#adapter && !this.#adapter.merged)) return undefined
    const { value } = this.weight
    return value instanceof PackedMatrix ? value : undefined
  }

  /** `[..., in]` -> `[..., out]` */
  forward(x: Tensor, options: LinearForwardOptions = {}): Tensor {
    const bias = this.bias && { bias: this.bias.tensor }
    using rounded = this.weight.rounded()
    const weight = rounded ?? this.weight.value
    if (!this.#adapter || this.#adapter.merged) return linear(x, weight, { ...options, ...bias })
    const { activation, gate, residual } = options
    let y = this.#adapter.addTo(linear(x, weight, { ...bias }), x) // [..., out]
    if (gate) y = siluProduct(gate, y)
    if (activation) y = activate(y, activation)
    return residual ? add(y, residual) : y
  }
}
