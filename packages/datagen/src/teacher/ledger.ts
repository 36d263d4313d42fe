import { costOf } from "./cost-of.ts"
import type { TeacherPrice } from "./price-of.ts"
import type { TeacherSpending, TeacherUsage } from "./teacher.ts"
import { TeacherError } from "./teacher-error.ts"
import type { TeacherBudget } from "./teacher-settings.ts"

/** What one request may use at most, held back until it is known what it used. One of the two is called, once. */
export interface Reservation {
  settle(usage: TeacherUsage): void
  /** The request was not sent. */
  cancel(): void
}

interface Amounts {
  requests: number
  tokens: number
  cost: number
}

const none: TeacherSpending = { requests: 0, promptTokens: 0, completionTokens: 0 }

/**
 * Keeps account of requests, tokens and money. A request begins only when the most that it and those under way can use
 * is within the budget; where only those under way are in the way, it waits for them.
 */
export class Ledger {
  readonly #price: TeacherPrice | undefined
  readonly #budget: TeacherBudget
  readonly #before: Amounts
  readonly #spending = { requests: 0, promptTokens: 0, completionTokens: 0 }
  readonly #reserved: Amounts = { requests: 0, tokens: 0, cost: 0 }
  /** Requests under way. */
  #open = 0
  #settled = Promise.withResolvers<void>()

  /**
   * `before`: what earlier processes of the same run used; it counts towards the budget.
   *
   * @throws TeacherError `price-unknown` where the budget is in money and the price is not known.
   */
  constructor(settings: { budget?: TeacherBudget; price?: TeacherPrice; before?: TeacherSpending; model: string }) {
    const { budget = {}, price, before = none, model } = settings
    if (budget.cost !== undefined && !price) {
      throw new TeacherError(`The budget is in dollars, but the price of '${model}' is not known.`, {
        code: "price-unknown",
        scope: "run",
        fix: "Give its price per million tokens, or a budget in tokens or requests.",
      })
    }
    this.#budget = budget
    this.#price = price
    this.#before = {
      requests: before.requests,
      tokens: before.promptTokens + before.completionTokens,
      cost: before.cost ?? this.#cost(before),
    }
  }

  get spending(): TeacherSpending {
    return { ...this.#spending, ...(this.#price && { cost: costOf(this.#spending, this.#price) }) }
  }

  /** @throws TeacherError `budget-spent`; the signal's reason when aborted. */
  async reserve(most: TeacherUsage, signal?: AbortSignal): Promise<Reservation> {
    const amounts: Amounts = {
      requests: 1,
      tokens: most.promptTokens + most.completionTokens,
      cost: this.#cost(most),
    }
    for (;;) {
      signal?.throwIfAborted()
      const limit = this.#limitOf(amounts)
      if (limit === undefined) break
      if (limit === "requests" || this.#open === 0) throw this.#spent(limit, amounts)
      await this.#settlement(signal)
    }
    this.#spending.requests++
    this.#open++
    this.#reserved.tokens += amounts.tokens
    this.#reserved.cost += amounts.cost
    return {
      settle: (usage) => this.#settle(amounts, usage),
      cancel: () => {
        this.#spending.requests--
        this.#settle(amounts, { promptTokens: 0, completionTokens: 0 })
      },
    }
  }

  #settle(amounts: Amounts, { promptTokens, completionTokens }: TeacherUsage): void {
    this.#open--
    this.#reserved.tokens = this.#open === 0 ? 0 : this.#reserved.tokens - amounts.tokens
    this.#reserved.cost = this.#open === 0 ? 0 : this.#reserved.cost - amounts.cost
    this.#spending.promptTokens += promptTokens
    this.#spending.completionTokens += completionTokens
    this.#settled.resolve()
    this.#settled = Promise.withResolvers()
  }

  /** Resolves when a request under way is settled. */
  async #settlement(signal?: AbortSignal): Promise<void> {
    const aborted = Promise.withResolvers<never>()
    const abort = () => aborted.reject(signal!.reason)
    signal?.addEventListener("abort", abort, { once: true })
    try {
      await Promise.race([this.#settled.promise, aborted.promise])
    } finally {
      signal?.removeEventListener("abort", abort)
    }
  }

  /** The first limit that these amounts would exceed; undefined where all fit. */
  #limitOf(amounts: Amounts): keyof Amounts | undefined {
    const used = this.#used()
    for (const name of ["requests", "tokens", "cost"] as const) {
      const limit = this.#budget[name]
      // Nothing may be asked on a budget of zero, be it free.
      if (limit === undefined || (limit > 0 && used[name] + this.#reserved[name] + amounts[name] <= limit)) continue
      return name
    }
    return undefined
  }

  #used(): Amounts {
    const { requests, promptTokens, completionTokens } = this.#spending
    return {
      requests: this.#before.requests + requests,
      tokens: this.#before.tokens + promptTokens + completionTokens,
      cost: this.#before.cost + this.#cost(this.#spending),
    }
  }

  #spent(name: keyof Amounts, amounts: Amounts): TeacherError {
    const show = (amount: number) =>
      name === "cost" ? `$${amount.toFixed(4)}` : `${amount.toLocaleString("en")} ${name}`
    const used = `${show(this.#used()[name])} of ${show(this.#budget[name]!)} are used`
    const next = name === "requests" ? "" : `, and the next request may take up to ${show(amounts[name])}`
    return new TeacherError(`The budget is spent: ${used}${next}.`, {
      code: "budget-spent",
      scope: "run",
      fix: "Go on with a larger budget: what was answered is kept.",
    })
  }

  #cost(usage: TeacherUsage): number {
    return this.#price ? costOf(usage, this.#price) : 0
  }
}
