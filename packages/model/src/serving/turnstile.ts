interface Waiting {
  enter(): void
}

/** Lets so many work at a time; the others wait in the order in which they came. */
export class Turnstile {
  readonly #places: number
  readonly #waiting = new Set<Waiting>()
  #inside = 0

  constructor(places: number) {
    this.#places = places
  }

  get inside(): number {
    return this.#inside
  }

  get waiting(): number {
    return this.#waiting.size
  }

  /** Resolves with a place, which is given back by disposing it; rejects with the signal's reason when that aborts first. */
  async enter(signal: AbortSignal): Promise<Disposable> {
    signal.throwIfAborted()
    if (this.#inside < this.#places) this.#inside++
    else await this.#wait(signal)
    return { [Symbol.dispose]: () => this.#leave() }
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#waiting.delete(waiting)
        reject(signal.reason)
      }
      const waiting = {
        enter: () => {
          signal.removeEventListener("abort", giveUp)
          resolve()
        },
      }
      signal.addEventListener("abort", giveUp, { once: true })
      this.#waiting.add(waiting)
    })
  }

  /** The place goes to the next in line, or is free. */
  #leave(): void {
    const [next] = this.#waiting
    if (!next) {
      this.#inside--
      return
    }
    this.#waiting.delete(next)
    next.enter()
  }
}
