/** A queue between one producer and one consumer that iterates asynchronously. */
export class PushQueue<T> implements AsyncIterable<T> {
  readonly #items: T[] = []
  readonly #onReturn: () => void
  #wake: (() => void) | undefined
  #ended = false
  #error: unknown

  /** `onReturn` is called when the consumer leaves the loop early. */
  constructor(onReturn: () => void) {
    this.#onReturn = onReturn
  }

  push(item: T): void {
    this.#items.push(item)
    this.#wake?.()
  }

  end(error?: unknown): void {
    this.#ended = true
    this.#error = error
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    let finished = false
    try {
      while (true) {
        while (this.#items.length > 0) yield this.#items.shift()!
        if (this.#ended) {
          finished = true
          if (this.#error !== undefined) throw this.#error
          return
        }
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
    } finally {
      if (!finished) this.#onReturn()
    }
  }
}
