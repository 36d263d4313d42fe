const LEAST_NAP_MILLISECONDS = 0.3
const MOST_NAP_MILLISECONDS = 2
/** Of the time waited so far: what takes long may be noticed a little later. */
const NAP_SHARE = 1 / 20
/** Short waits end within this time; napping through them would only add latency. */
const FREE_SPIN_MILLISECONDS = 0.5

const sleeper = new Int32Array(new SharedArrayBuffer(4))
let waiting = 0
let started = 0
let original: typeof globalThis.setImmediate | undefined

/**
 * Dawn's Node binding polls through `setImmediate` while a promise is outstanding and so burns a whole core. On a
 * software adapter that core was doing the arithmetic: napping between polls makes it 1.3 to 1.9 times faster. Every poll
 * leaves something to the garbage collector, too. The wrapper is in place only while something waits. On real GPUs polling
 * keeps latency low, so nothing is changed.
 */
export function installPollingNap(software: boolean): Disposable {
  if (!software) return { [Symbol.dispose]() {} }
  started = performance.now()
  if (waiting++ === 0) wrap()
  return {
    [Symbol.dispose]() {
      if (--waiting === 0 && original) globalThis.setImmediate = original
    },
  }
}

function wrap(): void {
  const immediate = globalThis.setImmediate
  original = immediate
  const napping = (callback: (...args: unknown[]) => void, ...args: unknown[]) =>
    immediate(() => {
      const waited = performance.now() - started
      if (waited > FREE_SPIN_MILLISECONDS) Atomics.wait(sleeper, 0, 0, napAfter(waited))
      callback(...args)
    })
  globalThis.setImmediate = Object.assign(napping, immediate) as typeof globalThis.setImmediate
}

function napAfter(waited: number): number {
  return Math.min(MOST_NAP_MILLISECONDS, Math.max(LEAST_NAP_MILLISECONDS, waited * NAP_SHARE))
}
