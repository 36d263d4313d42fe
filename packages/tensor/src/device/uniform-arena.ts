import type { Kernel } from "../kernel/kernel.ts"

const UNIFORM = 0x40
const COPY_DST = 0x8
const SLOT_BYTES = 256
const SLOTS = 512

/** Parameters of the dispatches of one submission, uploaded at once; each dispatch finds its own by dynamic offset. */
export class UniformArena {
  readonly buffer: GPUBuffer
  readonly #queue: GPUQueue
  readonly #bytes = new ArrayBuffer(SLOTS * SLOT_BYTES)
  readonly #view = new DataView(this.#bytes)
  #used = 0

  constructor(device: GPUDevice) {
    this.#queue = device.queue
    this.buffer = device.createBuffer({ label: "params", size: SLOTS * SLOT_BYTES, usage: UNIFORM | COPY_DST })
  }

  get full(): boolean {
    return this.#used === SLOTS
  }

  /** Returns the dynamic offset in bytes. */
  push(kernel: Kernel, values: readonly number[]): number {
    const offset = this.#used++ * SLOT_BYTES
    kernel.paramTypes.forEach((type, index) => {
      const at = offset + index * 4
      const value = values[index]!
      if (type === "f32") this.#view.setFloat32(at, value, true)
      else if (type === "i32") this.#view.setInt32(at, value, true)
      else this.#view.setUint32(at, value, true)
    })
    return offset
  }

  /** To be called right before the submission that reads the parameters. */
  upload(): void {
    if (this.#used > 0) this.#queue.writeBuffer(this.buffer, 0, this.#bytes, 0, this.#used * SLOT_BYTES)
    this.#used = 0
  }
}
