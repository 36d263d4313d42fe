import type { Device } from "../device/device.ts"
import type { Tensor } from "./tensor.ts"

/** Lifetime of tensors: `using scope = device.scope()`. What is made inside is released at its end, unless kept. */
export class Scope implements Disposable {
  readonly #device: Device
  readonly #parent: Scope | undefined
  readonly #tensors = new Set<Tensor>()
  #ended = false

  constructor(device: Device, parent: Scope | undefined) {
    this.#device = device
    this.#parent = parent
  }

  /**
   * Hands the tensor to the enclosing scope, or to the caller where there is none. A tensor that this scope does not
   * own (an input passed through) stays whose it is.
   */
  keep<T extends Tensor>(tensor: T): T {
    if (tensor.scope !== this) return tensor
    this.remove(tensor)
    if (this.#parent) this.#parent.add(tensor)
    return tensor
  }

  /** @internal */
  add(tensor: Tensor): void {
    this.#tensors.add(tensor)
    tensor.scope = this
  }

  /** @internal */
  remove(tensor: Tensor): void {
    if (this.#tensors.delete(tensor)) tensor.scope = undefined
  }

  [Symbol.dispose](): void {
    if (this.#ended) return
    this.#ended = true
    for (const tensor of this.#tensors) tensor.dispose()
    this.#device.leaveScope(this)
  }
}
