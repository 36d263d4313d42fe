const MAP_READ = 0x1
const COPY_DST = 0x8
/** Larger ones are rare, and too much to hold on to. */
const LARGEST_KEPT = 2 ** 18
const MOST_KEPT = 16

/** Buffers through which results come back to the host; small ones are kept, because every token and step reads some. */
export class StagingBuffers {
  readonly #device: GPUDevice
  readonly #free: GPUBuffer[] = []

  constructor(device: GPUDevice) {
    this.#device = device
  }

  /** One of at least `bytes`, unmapped. */
  take(bytes: number): GPUBuffer {
    const size = bytes <= LARGEST_KEPT ? Math.max(256, 2 ** Math.ceil(Math.log2(bytes))) : Math.ceil(bytes / 4) * 4
    const kept = this.#free.findIndex((buffer) => buffer.size === size)
    if (kept >= 0) return this.#free.splice(kept, 1)[0]!
    return this.#device.createBuffer({ size, usage: MAP_READ | COPY_DST })
  }

  /** Takes one back. Those whose reading failed are not used again. */
  giveBack(buffer: GPUBuffer): void {
    if (buffer.mapState !== "mapped" || buffer.size > LARGEST_KEPT || this.#free.length >= MOST_KEPT) {
      buffer.destroy()
      return
    }
    buffer.unmap()
    this.#free.push(buffer)
  }

  /** Destroys what is kept. */
  trim(): void {
    for (const buffer of this.#free.splice(0)) buffer.destroy()
  }
}
