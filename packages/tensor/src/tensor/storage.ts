import type { BufferHandle } from "../device/buffer-handle.ts"
import type { Device } from "../device/device.ts"

/** A buffer shared by a tensor and its reshapes; released with the last of them. */
export class Storage {
  readonly device: Device
  readonly buffer: BufferHandle
  #references = 1

  constructor(device: Device, bytes: number, exact = false) {
    this.device = device
    this.buffer = device.allocate(bytes, exact)
  }

  retain(): this {
    this.#references++
    return this
  }

  /** Whether only one handle is left. */
  get exclusive(): boolean {
    return this.#references === 1
  }

  release(): void {
    if (--this.#references === 0) this.device.release(this.buffer)
  }
}
