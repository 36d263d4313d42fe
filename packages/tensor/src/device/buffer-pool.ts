import { TensorError } from "../error/tensor-error.ts"
import { BufferHandle } from "./buffer-handle.ts"

// WebGPU constants are globals in browsers and module exports in Node; their values are fixed by the standard.
const COPY_SRC = 0x4
const COPY_DST = 0x8
const STORAGE = 0x80

/** GPU memory as a device sees it, in bytes. */
export interface MemoryStatistics {
  /** Buffers that tensors hold. */
  readonly liveBuffers: number
  readonly liveBytes: number
  /** Kept for reuse. */
  readonly pooledBytes: number
  /** Most that was ever allocated at once, pool included. */
  readonly peakBytes: number
}

export interface PoolEvents {
  /** A buffer was destroyed: bind groups may refer to it. */
  onDestroy(): void
  onOutOfMemory(error: GPUError): void
}

/**
 * Storage buffers by size class. A new buffer costs milliseconds on first use (it is cleared), a reused one nothing.
 * A buffer may be handed out again as soon as it is released: the queue runs in order. Of several the oldest is, so that
 * work that repeats gets the same buffers each time, in whatever order they came back, and finds its bind groups made.
 */
export class BufferPool {
  readonly #device: GPUDevice
  /** By size, the oldest last. */
  readonly #free = new Map<number, BufferHandle[]>()
  readonly #events: PoolEvents
  #liveBuffers = 0
  #liveBytes = 0
  #pooledBytes = 0
  #peakBytes = 0

  constructor(device: GPUDevice, events: PoolEvents) {
    this.#device = device
    this.#events = events
  }

  get statistics(): MemoryStatistics {
    return {
      liveBuffers: this.#liveBuffers,
      liveBytes: this.#liveBytes,
      pooledBytes: this.#pooledBytes,
      peakBytes: this.#peakBytes,
    }
  }

  /** `exact` is for weights, which stay: no size class, no reuse. */
  acquire(bytes: number, exact = false): BufferHandle {
    const size = exact ? Math.max(16, Math.ceil(bytes / 16) * 16) : sizeClass(bytes)
    const limit = this.#device.limits.maxBufferSize
    if (size > limit) {
      throw new TensorError(`A buffer of ${size} bytes exceeds maxBufferSize (${limit}) of this adapter.`, {
        code: "limit-exceeded",
        fix: "Use a smaller dtype, a shorter context or a smaller batch.",
      })
    }
    const reused = this.#free.get(size)?.pop()
    if (reused) this.#pooledBytes -= reused.size
    const handle = reused ?? this.#create(size)
    this.#liveBuffers++
    this.#liveBytes += size
    this.#peakBytes = Math.max(this.#peakBytes, this.#liveBytes + this.#pooledBytes)
    return handle
  }

  /** Whether a released buffer is reused rather than destroyed. */
  keeps(handle: BufferHandle): boolean {
    return handle.size === sizeClass(handle.size) && !handle.failed
  }

  release(handle: BufferHandle): void {
    this.#liveBuffers--
    this.#liveBytes -= handle.size
    if (!this.keeps(handle)) {
      handle.gpu.destroy()
      this.#events.onDestroy()
      return
    }
    this.#pooledBytes += handle.size
    const list = this.#free.get(handle.size)
    if (list) insertByAge(list, handle)
    else this.#free.set(handle.size, [handle])
  }

  #create(size: number): BufferHandle {
    this.#device.pushErrorScope("out-of-memory")
    const gpu = this.#device.createBuffer({ size, usage: STORAGE | COPY_SRC | COPY_DST })
    const handle = new BufferHandle(gpu, size)
    this.#device.popErrorScope().then(
      (error) => {
        if (!error) return
        handle.failed = true
        this.#events.onOutOfMemory(error)
      },
      () => {}, // The device is lost, which is told elsewhere.
    )
    return handle
  }

  /** Destroys what is kept for reuse. */
  trim(): void {
    for (const list of this.#free.values()) for (const handle of list) handle.gpu.destroy()
    this.#free.clear()
    this.#pooledBytes = 0
    this.#events.onDestroy()
  }
}

/** Powers of two in four steps, so that at most a fifth is wasted; never under 256 bytes. */
function sizeClass(bytes: number): number {
  if (bytes <= 256) return 256
  const power = 2 ** Math.floor(Math.log2(bytes - 1))
  const step = power / 4
  return power + Math.ceil((bytes - power) / step) * step
}

/** Ids count up: the oldest buffer, with the lowest, is last. */
function insertByAge(list: BufferHandle[], handle: BufferHandle): void {
  let begin = 0
  let end = list.length
  while (begin < end) {
    const middle = (begin + end) >> 1
    if (list[middle]!.id > handle.id) begin = middle + 1
    else end = middle
  }
  list.splice(begin, 0, handle)
}
