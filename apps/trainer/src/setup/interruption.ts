/** Code of a program that Ctrl-C ended. */
export const INTERRUPTED = 130

/** A terminal's Ctrl-C may come from several processes above; that is one. */
const ONE_PRESS_MILLISECONDS = 50

/** From its making until it is disposed, the first Ctrl-C aborts the signal; the second ends the program at once. */
export class Interruption implements Disposable {
  readonly #controller = new AbortController()
  readonly #onInterrupt: () => void

  constructor(onFirst: () => void) {
    let first = 0
    this.#onInterrupt = () => {
      if (this.signal.aborted) {
        if (performance.now() - first > ONE_PRESS_MILLISECONDS) process.exit(INTERRUPTED)
        return
      }
      first = performance.now()
      onFirst()
      this.#controller.abort()
    }
    process.on("SIGINT", this.#onInterrupt)
    process.on("SIGTERM", this.#onInterrupt)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  [Symbol.dispose](): void {
    process.off("SIGINT", this.#onInterrupt)
    process.off("SIGTERM", this.#onInterrupt)
  }
}
