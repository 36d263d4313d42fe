/** At most so many at once; the others wait in order. */
export class Slots {
  #free: number
  #waiting: (() => void)[] = []

  constructor(count: number) {
    this.#free = count
  }

  /** A slot, which its disposal gives back. Rejects with the signal's reason. */
  async take(signal?: AbortSignal): Promise<Disposable> {
    signal?.throwIfAborted()
    if (this.#free > 0) this.#free--
    else {
      await new Promise<void>((resolve, reject) => {
        const abort = () => {
          this.#waiting = this.#waiting.filter((other) => other !== begin)
          reject(signal!.reason)
        }
        const begin = () => {
          signal?.removeEventListener("abort", abort)
          resolve()
        }
        this.#waiting.push(begin)
        signal?.addEventListener("abort", abort, { once: true })
      })
    }
    return { [Symbol.dispose]: () => this.#give() }
  }

  #give(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free++
  }
}
