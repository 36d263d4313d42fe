/** A GPU buffer with what the pool and the uploader must know about it. */
export class BufferHandle {
  static #count = 0
  /** Distinguishes buffers in cache keys. */
  readonly id = BufferHandle.#count++
  readonly gpu: GPUBuffer
  /** Allocated bytes, which may exceed what was asked for. */
  readonly size: number
  /** Number of the last submission that uses this buffer; an upload must not overtake it. */
  lastUse = -1
  /** The GPU had no memory for it: it must not be used again. */
  failed = false

  constructor(gpu: GPUBuffer, size: number) {
    this.gpu = gpu
    this.size = size
  }
}
