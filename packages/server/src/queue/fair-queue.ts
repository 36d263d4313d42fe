import { ApiError } from "../error/api-error.ts"

/** A place in the queue: wait for the turn, and give the place back when done. */
export interface Place extends Disposable {
  /** Resolves when it is this request's turn; rejects with the signal's reason when that aborts first. */
  turn(signal: AbortSignal): Promise<void>
}

interface Waiting {
  enter(): void
}

/**
 * Lets `concurrent` requests work at a time. Clients take turns, so that one who asks for much does not keep the others
 * waiting; among a client's own the first comes first.
 */
export class FairQueue {
  readonly concurrent: number
  readonly #queued: number
  /** In the order in which clients have their next turn. */
  readonly #waiting = new Map<string, Waiting[]>()
  #working = 0
  #admitted = 0
  /** Seconds that a turn took, a running mean. */
  #turnSeconds = 1

  constructor({ concurrent, queued }: { concurrent: number; queued: number }) {
    this.concurrent = concurrent
    this.#queued = queued
  }

  /** Requests at work. */
  get working(): number {
    return this.#working
  }

  /** Requests that were admitted and are not at work. */
  get queued(): number {
    return this.#admitted - this.#working
  }

  /** Places for `count` answers of a client, all or none. Errors: ApiError 429 where so many cannot wait. */
  admit(client: string, count: number): Place[] {
    if (this.#admitted + count > this.concurrent + this.#queued) {
      const seconds = Math.ceil((this.#turnSeconds * this.queued) / this.concurrent)
      throw new ApiError(`The server has ${this.queued} answers waiting and takes no more now.`, {
        status: 429,
        code: "rate_limit_exceeded",
        fix: "Try again later.",
        headers: { "retry-after": String(Math.min(60, Math.max(1, seconds))) },
      })
    }
    this.#admitted += count
    return Array.from({ length: count }, () => this.#place(client))
  }

  #place(client: string): Place {
    let began: number | undefined
    let left = false
    return {
      turn: async (signal) => {
        signal.throwIfAborted()
        await this.#enter(client, signal)
        began = performance.now()
      },
      [Symbol.dispose]: () => {
        if (left) return
        left = true
        this.#admitted--
        if (began === undefined) return
        this.#working--
        this.#turnSeconds += 0.2 * ((performance.now() - began) / 1000 - this.#turnSeconds)
        this.#next()
      },
    }
  }

  #enter(client: string, signal: AbortSignal): Promise<void> {
    if (this.#working < this.concurrent) {
      this.#working++
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#forget(client, waiting)
        reject(signal.reason)
      }
      const waiting: Waiting = {
        enter: () => {
          signal.removeEventListener("abort", leave)
          resolve()
        },
      }
      signal.addEventListener("abort", leave, { once: true })
      this.#waiting.set(client, [...(this.#waiting.get(client) ?? []), waiting])
    })
  }

  #next(): void {
    const [first] = this.#waiting
    if (first === undefined) return
    const [client, [next, ...rest]] = first
    // Behind all others with what it still has to ask.
    this.#waiting.delete(client)
    if (rest.length > 0) this.#waiting.set(client, rest)
    this.#working++
    next!.enter()
  }

  #forget(client: string, waiting: Waiting): void {
    const rest = (this.#waiting.get(client) ?? []).filter((other) => other !== waiting)
    if (rest.length > 0) this.#waiting.set(client, rest)
    else this.#waiting.delete(client)
  }
}
