import { add } from "../ops/add.ts"
import type { Tensor } from "../tensor/tensor.ts"
import type { GradientRule } from "./gradient-rule.ts"
import type { GradientTarget } from "./gradient-target.ts"

/** One recorded operation, with what its rule needs of the forward pass. */
export class GradientNode implements GradientTarget, Disposable {
  readonly #inputs: readonly (GradientTarget | undefined)[]
  readonly #saved: readonly Tensor[]
  readonly #rule: GradientRule<readonly Tensor[]>
  #gradient: Tensor | undefined

  constructor(
    inputs: readonly (GradientTarget | undefined)[],
    saved: readonly Tensor[],
    rule: GradientRule<readonly Tensor[]>,
  ) {
    this.#inputs = inputs
    this.#saved = saved.map((tensor) => tensor.share())
    this.#rule = rule
  }

  accumulate(gradient: Tensor): void {
    const sum = this.#gradient
    this.#gradient = sum ? add(sum, gradient).retain() : gradient.share()
    sum?.dispose()
  }

  /** Hands the gradients of the inputs on, if any reached the output. */
  propagate(): void {
    const gradient = this.#gradient
    if (!gradient) return
    using _ = gradient.device.scope()
    const wanted = this.#inputs.map((input) => input !== undefined)
    const gradients = this.#rule(gradient, this.#saved, wanted)
    for (const [index, input] of this.#inputs.entries()) {
      const ofInput = gradients[index]
      if (input && ofInput) input.accumulate(ofInput)
    }
  }

  [Symbol.dispose](): void {
    this.#gradient?.dispose()
    this.#gradient = undefined
    for (const tensor of this.#saved) tensor.dispose()
  }
}
