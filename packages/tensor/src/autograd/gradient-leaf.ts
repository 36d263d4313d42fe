import { accumulate } from "../ops/accumulate.ts"
import { add } from "../ops/add.ts"
import type { Tensor } from "../tensor/tensor.ts"
import type { GradientTarget } from "./gradient-target.ts"

/** The end of the flow: sums the gradients of all uses, and of all backward passes until it is cleared. */
export class GradientLeaf implements GradientTarget, Disposable {
  #gradient: Tensor | undefined

  /** f32, the shape of the value; undefined before the first backward pass that reaches it. */
  get gradient(): Tensor | undefined {
    return this.#gradient
  }

  accumulate(gradient: Tensor): void {
    const sum = this.#gradient
    if (sum?.exclusive) {
      accumulate(sum, gradient)
      return
    }
    this.#gradient = sum ? add(sum, gradient).retain() : gradient.share()
    sum?.dispose()
  }

  /** Forgets the sum and releases it. */
  [Symbol.dispose](): void {
    this.#gradient?.dispose()
    this.#gradient = undefined
  }
}
