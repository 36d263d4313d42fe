const NAP_MILLISECONDS = 0.3
const FREE_SPIN_MILLISECONDS = 0.5

const sleeper = new Int32Array(new SharedArrayBuffer(4))

/**
 * Gives libraries on Dawn's Node binding what @llava/tensor gives itself on a software adapter: polls for the GPU nap,
 * after a short while, instead of burning the core that computes. For as long as the process lives.
 */
export function pollPolitely(queue: { prototype: GPUQueue }, buffer: { prototype: GPUBuffer }): void {
  let waitingSince = 0
  const noteWaits = <Prototype extends object, Key extends keyof Prototype>(prototype: Prototype, key: Key) => {
    const original = prototype[key] as (...args: unknown[]) => unknown
    const noting = function (this: Prototype, ...args: unknown[]) {
      waitingSince = performance.now()
      return original.apply(this, args)
    }
    prototype[key] = noting as Prototype[Key]
  }
  noteWaits(queue.prototype, "onSubmittedWorkDone")
  noteWaits(buffer.prototype, "mapAsync")
  const immediate = globalThis.setImmediate
  const napping = (callback: (...args: unknown[]) => void, ...args: unknown[]) =>
    immediate(() => {
      if (performance.now() - waitingSince > FREE_SPIN_MILLISECONDS) Atomics.wait(sleeper, 0, 0, NAP_MILLISECONDS)
      callback(...args)
    })
  globalThis.setImmediate = Object.assign(napping, immediate) as typeof globalThis.setImmediate
}
