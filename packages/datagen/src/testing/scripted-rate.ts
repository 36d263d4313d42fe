/** Counts requests in a sliding window of real time and tells clients as OpenAI does. */
export class ScriptedRate {
  readonly #limit: number
  readonly #window: number
  #times: number[] = []

  constructor(limit: number, window: number) {
    this.#limit = limit
    this.#window = window
  }

  /** Counts one request, unless there were too many: then it says when there is room again. */
  take(): { isOver: boolean; headers: Record<string, string> } {
    const now = performance.now()
    this.#times = this.#times.filter((time) => now - time < this.#window)
    const isOver = this.#times.length >= this.#limit
    if (!isOver) this.#times.push(now)
    const wait = Math.ceil(Math.max(0, this.#times[0]! + this.#window - now))
    const remaining = this.#limit - this.#times.length
    return {
      isOver,
      headers: {
        "x-ratelimit-limit-requests": String(this.#limit),
        "x-ratelimit-remaining-requests": String(remaining),
        "x-ratelimit-reset-requests": `${wait}ms`,
        ...(isOver && { "retry-after-ms": String(wait) }),
      },
    }
  }
}
