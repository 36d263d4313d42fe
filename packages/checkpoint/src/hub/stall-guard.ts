import { HubError } from "./hub-error.ts"

/** Aborts a request through which nothing has come for `timeout` milliseconds, or whose caller gave up. */
export class StallGuard {
  readonly signal: AbortSignal
  readonly #controller = new AbortController()
  readonly #timeout: number
  readonly #address: string
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(timeout: number, address: string, callerSignal: AbortSignal) {
    this.#timeout = timeout
    this.#address = address
    this.signal = AbortSignal.any([callerSignal, this.#controller.signal])
    this.touch()
  }

  /** Something arrived: the time starts anew. */
  touch(): void {
    this.pause()
    this.#timer = setTimeout(() => this.#controller.abort(this.#stalled()), this.#timeout)
  }

  /** The time does not run while the receiver is busy. */
  pause(): void {
    clearTimeout(this.#timer)
  }

  /** Ends the request, if it still runs. */
  stop(): void {
    this.pause()
    this.#controller.abort(new Error("request ended"))
  }

  #stalled(): HubError {
    return new HubError(`${this.#address}: no data for ${this.#timeout / 1000} s.`, {
      code: "hub-stalled",
      fix: "Check the connection and try again: what has arrived is kept. `stallTimeout` sets how long to wait.",
      transient: true,
    })
  }
}
