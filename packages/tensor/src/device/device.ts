import { installPollingNap } from "#platform/polling-nap"
import { Tape } from "../autograd/tape.ts"
import { TensorError } from "../error/tensor-error.ts"
import type { Kernel } from "../kernel/kernel.ts"
import { Scope } from "../tensor/scope.ts"
import type { BufferHandle } from "./buffer-handle.ts"
import { BufferPool, type MemoryStatistics } from "./buffer-pool.ts"
import type { DeviceProfile } from "./device-profile.ts"
import { FailureWatch } from "./failure-watch.ts"
import { PipelineCache } from "./pipeline-cache.ts"
import { StagingBuffers } from "./staging-buffers.ts"
import { UniformArena } from "./uniform-arena.ts"

const MAP_READ = 0x1
const BIND_GROUPS = 4096
/** Dispatches recorded before they are handed to the GPU, so that it works while the next ones are recorded. */
const DISPATCHES_PER_SUBMISSION = 128

/** A buffer, or a window of it; `offset` must be a multiple of `minStorageBufferOffsetAlignment` (256). */
export type Binding = BufferHandle | { readonly buffer: BufferHandle; readonly offset: number; readonly size: number }

/** What one dispatch of a kernel is given. */
export interface DispatchOptions {
  /** One per kernel binding, in order. */
  readonly bindings: readonly Binding[]
  /** One per kernel parameter, in order. */
  readonly params: readonly number[]
  readonly workgroups: readonly [x: number, y?: number, z?: number]
}

/**
 * A GPU with a queue of recorded work. Operations record and return at once; `read` and `synchronize` hand the work
 * over and wait. Not to be constructed directly: `openDevice` does.
 */
export class Device implements AsyncDisposable {
  readonly gpu: GPUDevice
  readonly profile: DeviceProfile
  readonly limits: GPUSupportedLimits
  readonly #failures: FailureWatch
  readonly #pool: BufferPool
  readonly #pipelines: PipelineCache
  readonly #uniforms: UniformArena
  readonly #staging: StagingBuffers
  readonly #bindGroups = new Map<string, GPUBindGroup>()
  readonly #scopes: Scope[] = []
  /** Innermost last; undefined while recording is suspended. */
  readonly #tapes: (Tape | undefined)[] = []
  readonly #ownsGpu: boolean
  #encoder: GPUCommandEncoder | undefined
  #pass: GPUComputePassEncoder | undefined
  #recorded = 0
  #submission = 0
  #dispatches = 0

  constructor(gpu: GPUDevice, profile: DeviceProfile, ownsGpu: boolean) {
    this.gpu = gpu
    this.profile = profile
    this.limits = gpu.limits
    this.#ownsGpu = ownsGpu
    this.#failures = new FailureWatch(gpu)
    this.#pool = new BufferPool(gpu, {
      onDestroy: () => this.#bindGroups.clear(),
      onOutOfMemory: (error) => this.#failures.report(error),
    })
    this.#pipelines = new PipelineCache(gpu)
    this.#uniforms = new UniformArena(gpu)
    this.#staging = new StagingBuffers(gpu)
  }

  get memory(): MemoryStatistics {
    return this.#pool.statistics
  }

  /** Kernels dispatched since the device was opened. */
  get dispatches(): number {
    return this.#dispatches
  }

  /** Tensors made until the scope ends are released with it, except those kept. Scopes must not span an `await`. */
  scope(): Scope {
    const scope = new Scope(this, this.currentScope)
    this.#scopes.push(scope)
    return scope
  }

  get currentScope(): Scope | undefined {
    return this.#scopes.at(-1)
  }

  /** @internal Called by the scope when it ends. */
  leaveScope(scope: Scope): void {
    const index = this.#scopes.lastIndexOf(scope)
    const last = index === this.#scopes.length - 1
    this.#scopes.splice(index, 1)
    if (!last) {
      throw new TensorError("Scopes ended out of order.", {
        code: "scope-order",
        fix: "A scope must end in the function that opened it, before any await.",
      })
    }
  }

  /**
   * From now on operations on trained parameters, and on what comes from them, are recorded for `backward`. As with
   * scopes, recording must not span an `await`: `using tape = device.record()`, the forward pass, `tape.backward(loss)`.
   */
  record(): Tape {
    const tape = new Tape(this)
    this.#tapes.push(tape)
    return tape
  }

  /** The tape that records, if any. */
  get tape(): Tape | undefined {
    return this.#tapes.at(-1)
  }

  /** @internal Called by the tape when it is disposed. */
  leaveTape(tape: Tape): void {
    const index = this.#tapes.lastIndexOf(tape)
    if (index >= 0) this.#tapes.splice(index, 1)
  }

  /** Runs a function whose operations are not recorded. */
  unrecorded<Result>(run: () => Result): Result {
    this.#tapes.push(undefined)
    try {
      return run()
    } finally {
      this.#tapes.pop()
    }
  }

  /** A storage buffer of at least `bytes`, with undefined contents. `exact` for buffers that stay (weights). */
  allocate(bytes: number, exact = false): BufferHandle {
    this.#check()
    return this.#pool.acquire(bytes, exact)
  }

  release(buffer: BufferHandle): void {
    // Recorded work must not find its buffer destroyed.
    if (buffer.lastUse === this.#submission && !this.#pool.keeps(buffer)) this.flush()
    this.#pool.release(buffer)
  }

  /** Gives buffers kept for reuse back to the system. */
  trim(): void {
    this.flush()
    this.#staging.trim()
    this.#pool.trim()
  }

  /** Records one dispatch. */
  run(kernel: Kernel, { bindings, params, workgroups }: DispatchOptions): void {
    this.#check()
    const limit = this.limits.maxComputeWorkgroupsPerDimension
    const [x, y = 1, z = 1] = workgroups
    if (x === 0 || y === 0 || z === 0) return
    if (x > limit || y > limit || z > limit) {
      throw new TensorError(`${kernel.name}: ${x} x ${y} x ${z} workgroups exceed the limit of ${limit}.`, {
        code: "limit-exceeded",
        fix: "Use a smaller batch.",
      })
    }
    if (this.#uniforms.full || this.#recorded >= DISPATCHES_PER_SUBMISSION) this.flush()
    const compiled = this.#pipelines.get(kernel)
    let key = `${compiled.id}`
    for (const binding of bindings) {
      if ("buffer" in binding) {
        binding.buffer.lastUse = this.#submission
        key += `,${binding.buffer.id}:${binding.offset}:${binding.size}`
      } else {
        binding.lastUse = this.#submission
        key += `,${binding.id}`
      }
    }
    const group = this.#bindGroups.get(key) ?? this.#bind(key, kernel, compiled.layout, bindings)
    this.#encoder ??= this.gpu.createCommandEncoder()
    this.#pass ??= this.#encoder.beginComputePass()
    this.#pass.setPipeline(compiled.pipeline)
    this.#pass.setBindGroup(0, group, kernel.paramTypes.length > 0 ? [this.#uniforms.push(kernel, params)] : [])
    this.#pass.dispatchWorkgroups(x, y, z)
    this.#recorded++
    this.#dispatches++
  }

  /** Copies bytes between buffers; offsets and size in multiples of 4. */
  copy(source: BufferHandle, sourceOffset: number, target: BufferHandle, targetOffset: number, bytes: number): void {
    this.#check()
    if (bytes === 0) return
    const encoder = this.#outsidePass()
    source.lastUse = this.#submission
    target.lastUse = this.#submission
    encoder.copyBufferToBuffer(source.gpu, sourceOffset, target.gpu, targetOffset, bytes)
  }

  clear(buffer: BufferHandle, offset = 0, bytes = buffer.size - offset): void {
    this.#check()
    buffer.lastUse = this.#submission
    this.#outsidePass().clearBuffer(buffer.gpu, offset, bytes)
  }

  /** Writes host bytes into a buffer, after all work recorded so far. `offset` a multiple of 4; the tail is padded. */
  upload(buffer: BufferHandle, bytes: ArrayBufferView, offset = 0): void {
    this.#check()
    if (buffer.lastUse === this.#submission) this.flush()
    const whole = bytes.byteLength & ~3
    const source = bytes.buffer as ArrayBuffer
    if (whole > 0) this.gpu.queue.writeBuffer(buffer.gpu, offset, source, bytes.byteOffset, whole)
    if (whole === bytes.byteLength) return
    const tail = new Uint8Array(4)
    tail.set(new Uint8Array(source, bytes.byteOffset + whole, bytes.byteLength - whole))
    this.gpu.queue.writeBuffer(buffer.gpu, offset + whole, tail)
  }

  /** Hands recorded work to the GPU. */
  flush(): void {
    if (!this.#encoder) return
    this.#pass?.end()
    this.#uniforms.upload()
    this.gpu.queue.submit([this.#encoder.finish()])
    this.#encoder = undefined
    this.#pass = undefined
    this.#recorded = 0
    this.#submission++
  }

  /** Waits for everything recorded so far and copies `bytes` from `offset` of a buffer to the host. */
  async read(buffer: BufferHandle, bytes: number, offset = 0): Promise<ArrayBuffer> {
    this.#check()
    if (bytes === 0) return new ArrayBuffer(0)
    const size = Math.ceil(bytes / 4) * 4
    const staging = this.#staging.take(size)
    this.#outsidePass().copyBufferToBuffer(buffer.gpu, offset, staging, 0, size)
    this.flush()
    using _ = this.#politeWait()
    try {
      await staging.mapAsync(MAP_READ, 0, size)
      this.#check()
      return staging.getMappedRange(0, size).slice(0, bytes)
    } catch (cause) {
      await this.#newsOfFailure()
      this.#check()
      throw cause
    } finally {
      this.#staging.giveBack(staging)
    }
  }

  /** Waits for everything recorded so far; throws what the GPU refused. */
  async synchronize(): Promise<void> {
    this.#check()
    this.flush()
    using _ = this.#politeWait()
    await this.gpu.queue.onSubmittedWorkDone()
    this.#check()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.flush()
    if (!this.#ownsGpu) {
      this.#failures[Symbol.dispose]()
      return this.trim()
    }
    this.gpu.destroy()
    await this.gpu.lost
  }

  #politeWait(): Disposable {
    return installPollingNap(this.profile.software)
  }

  #check(): void {
    // What is recorded may rest on what was refused; handed over now, its errors are counted with the first one.
    if (this.#failures.pending) this.flush()
    this.#failures.check()
  }

  /** A failed wait is known before its reason is. */
  async #newsOfFailure(): Promise<void> {
    await Promise.race([this.gpu.lost, new Promise((resolve) => setTimeout(resolve, 100))])
  }

  #outsidePass(): GPUCommandEncoder {
    this.#pass?.end()
    this.#pass = undefined
    this.#encoder ??= this.gpu.createCommandEncoder()
    return this.#encoder
  }

  #bind(key: string, kernel: Kernel, layout: GPUBindGroupLayout, bindings: readonly Binding[]): GPUBindGroup {
    if (bindings.length !== kernel.bindings.length) {
      throw new TensorError(`${kernel.name}: ${bindings.length} buffers for ${kernel.bindings.length} bindings.`, {
        code: "kernel-bindings",
      })
    }
    const entries: GPUBindGroupEntry[] = bindings.map((binding, index) => {
      const { buffer, offset, size } =
        "buffer" in binding ? binding : { buffer: binding, offset: 0, size: binding.size }
      if (size > this.limits.maxStorageBufferBindingSize) {
        throw new TensorError(
          `${kernel.name}: binding '${kernel.bindings[index]!.name}' of ${size} bytes exceeds maxStorageBufferBindingSize (${this.limits.maxStorageBufferBindingSize}).`,
          { code: "limit-exceeded", fix: "Use a smaller dtype, a shorter context or a smaller batch." },
        )
      }
      return { binding: index, resource: { buffer: buffer.gpu, offset, size } }
    })
    if (kernel.paramTypes.length > 0) {
      const size = Math.ceil((kernel.paramTypes.length * 4) / 16) * 16
      entries.push({ binding: bindings.length, resource: { buffer: this.#uniforms.buffer, offset: 0, size } })
    }
    const group = this.gpu.createBindGroup({ layout, entries })
    if (this.#bindGroups.size >= BIND_GROUPS) this.#bindGroups.clear()
    this.#bindGroups.set(key, group)
    return group
  }
}
