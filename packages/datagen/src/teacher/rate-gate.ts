import { parseDuration } from "./parse-duration.ts"
import type { TeacherClock } from "./teacher-clock.ts"

const minute = 60_000

export interface RateEntry {
  /** Corrects the tokens that were assumed when the request began. */
  correct(tokens: number): void
}

interface Start {
  time: number
  tokens: number
}

/**
 * Lets requests begin so that in every minute there are at most so many requests and tokens, and not before the endpoint
 * wants more: it says so in `x-ratelimit-*` headers and, after a 429, in `retry-after`.
 */
export class RateGate {
  readonly #requestsPerMinute: number
  readonly #tokensPerMinute: number
  readonly #clock: TeacherClock
  /** Requests begun within the last minute, oldest first. */
  #starts: Start[] = []
  #tokens = 0
  #closedUntil = 0
  /** What the endpoint has left, and when it is whole again. */
  #left: Record<"requests" | "tokens", { amount: number; limit: number; until: number } | undefined> = {
    requests: undefined,
    tokens: undefined,
  }

  constructor(limits: { requestsPerMinute?: number; tokensPerMinute?: number }, clock: TeacherClock) {
    this.#requestsPerMinute = limits.requestsPerMinute ?? Infinity
    this.#tokensPerMinute = limits.tokensPerMinute ?? Infinity
    this.#clock = clock
  }

  /** Waits until a request of so many tokens may begin, and counts it. Rejects with the signal's reason. */
  async enter(tokens: number, signal?: AbortSignal): Promise<RateEntry> {
    for (;;) {
      signal?.throwIfAborted()
      const wait = this.#wait(tokens)
      if (wait <= 0) break
      await this.#clock.sleep(wait, signal)
    }
    const start = { time: this.#clock.now(), tokens }
    this.#starts.push(start)
    this.#tokens += tokens
    if (this.#left.requests) this.#left.requests.amount--
    if (this.#left.tokens) this.#left.tokens.amount -= tokens
    return {
      correct: (actual) => {
        if (start.time > this.#clock.now() - minute) this.#tokens += actual - start.tokens
        start.tokens = actual
      },
    }
  }

  /** Takes note of what the endpoint says about its own limits. */
  observe(headers: Headers): void {
    const now = this.#clock.now()
    for (const name of ["requests", "tokens"] as const) {
      const amount = Number.parseFloat(headers.get(`x-ratelimit-remaining-${name}`) ?? "")
      const reset = parseDuration(headers.get(`x-ratelimit-reset-${name}`), now)
      if (Number.isNaN(amount) || reset === undefined) continue
      const limit = Number.parseFloat(headers.get(`x-ratelimit-limit-${name}`) ?? "")
      // A whole day's allowance may reset much later than the next request is allowed.
      const until = now + Math.min(reset, minute)
      this.#left[name] = { amount, limit: Number.isNaN(limit) ? Infinity : limit, until }
    }
  }

  /** Lets nothing begin for so long. */
  close(milliseconds: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.now() + milliseconds)
  }

  /** Milliseconds before a request of so many tokens may be tried again; 0 where it may begin. */
  #wait(tokens: number): number {
    const now = this.#clock.now()
    while (this.#starts[0] && this.#starts[0].time <= now - minute) this.#tokens -= this.#starts.shift()!.tokens
    return Math.ceil(Math.max(this.#closedUntil, this.#ownTime(tokens), this.#endpointTime(tokens, now)) - now)
  }

  /** When the limits given allow the request. One that is larger than a whole minute's tokens goes alone. */
  #ownTime(tokens: number): number {
    let requests = this.#starts.length
    let sum = this.#tokens
    for (const start of this.#starts) {
      if (requests < this.#requestsPerMinute && sum + tokens <= this.#tokensPerMinute) return 0
      requests--
      sum -= start.tokens
      if (requests < this.#requestsPerMinute && sum + tokens <= this.#tokensPerMinute) return start.time + minute
    }
    const last = this.#starts.at(-1)
    return last ? last.time + minute : 0
  }

  /** When the endpoint allows the request, by its latest headers. */
  #endpointTime(tokens: number, now: number): number {
    let time = 0
    for (const [name, needed] of [["requests", 1] as const, ["tokens", tokens] as const]) {
      const left = this.#left[name]
      if (left && left.until <= now) this.#left[name] = undefined
      else if (left && left.amount < Math.min(needed, left.limit)) time = Math.max(time, left.until)
    }
    return time
  }
}
