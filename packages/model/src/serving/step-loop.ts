import type { PagedKvCache } from "../contract/paged-kv-cache.ts"
import { chooseTokens } from "../generation/choose-tokens.ts"
import type { AnswerRow, StageTimes } from "../llava/answer-row.ts"
import type { GenerateContext } from "../llava/generate.ts"
import { BatchSequence } from "./batch-sequence.ts"
import type { PagePool } from "./page-pool.ts"
import { planStep } from "./plan-step.ts"
import { runStep } from "./run-step.ts"

/** What it took to answer. */
export type StepOutcome = Omit<StageTimes, "encodeMs"> & { cachedTokens: number }

interface Member {
  readonly row: AnswerRow
  readonly joined: number
  /** When its first token was known. */
  answering?: number
  readonly resolve: (outcome: StepOutcome) => void
  readonly reject: (reason: unknown) => void
}

/** Passes over all sequences that are under way, one after the other as long as there are any. */
export class StepLoop {
  readonly #context: GenerateContext
  readonly #cache: PagedKvCache
  readonly #pool: PagePool
  readonly #prefillTokens: number
  /** The oldest first. */
  readonly #members = new Map<BatchSequence, Member>()
  #turning = false
  #steps = 0
  #computed = 0

  constructor(context: GenerateContext, cache: PagedKvCache, pool: PagePool, prefillTokens: number) {
    this.#context = context
    this.#cache = cache
    this.#pool = pool
    this.#prefillTokens = prefillTokens
  }

  /** Forward passes so far. */
  get steps(): number {
    return this.#steps
  }

  /** Tokens and rows of images that they computed. */
  get computed(): number {
    return this.#computed
  }

  /** Takes part from the next step on, until the answer has ended. Rejects at once when the signal aborts. */
  join(row: AnswerRow, signal: AbortSignal): Promise<StepOutcome> {
    signal.throwIfAborted()
    const sequence = new BatchSequence(row.prompt.units, this.#pool)
    const stop = () => this.#leave(sequence)?.reject(signal.reason)
    const ended = new Promise<StepOutcome>((resolve, reject) => {
      signal.addEventListener("abort", stop, { once: true })
      this.#members.set(sequence, { row, joined: performance.now(), resolve, reject })
    })
    if (!this.#turning) void this.#turn()
    return ended.finally(() => signal.removeEventListener("abort", stop))
  }

  /** Ends every answer with this reason. */
  #fail(reason: unknown): void {
    for (const sequence of [...this.#members.keys()]) this.#leave(sequence)?.reject(reason)
    // What a failed pass should have computed is not there.
    this.#pool.forget()
  }

  async #turn(): Promise<void> {
    this.#turning = true
    // Whoever comes in the same moment goes along from the first step.
    await undefined
    while (this.#members.size > 0) {
      try {
        await this.#step()
      } catch (error) {
        this.#fail(error)
      }
    }
    this.#turning = false
  }

  async #step(): Promise<void> {
    const planned = planStep([...this.#members.keys()], this.#pool, this.#prefillTokens)
    this.#steps++
    for (const { added } of planned) this.#computed += added
    using logits = runStep(this.#context, this.#cache, planned) // [rows, vocabSize]
    if (!logits) return await this.#context.parts.device.synchronize()
    const complete = planned.flatMap(({ completes, sequence }) => (completes ? [sequence] : []))
    const rows = complete.map((sequence) => this.#members.get(sequence)!.row)
    const chosen = await chooseTokens(logits, rows)
    for (const [index, sequence] of complete.entries()) this.#push(sequence, chosen[index]!)
  }

  #push(sequence: BatchSequence, tokenId: number): void {
    const member = this.#members.get(sequence)
    // It may have left while its token was computed.
    if (!member) return
    const now = performance.now()
    const { row, joined } = member
    member.answering ??= now
    try {
      row.push(tokenId)
    } catch (error) {
      this.#leave(sequence)
      member.reject(error)
      return
    }
    if (!row.ended) {
      sequence.units.push(tokenId)
      return
    }
    const { answering } = member
    const outcome = { prefillMs: answering - joined, decodeMs: now - answering, cachedTokens: sequence.shared }
    this.#leave(sequence)
    member.resolve(outcome)
  }

  /** Frees its pages. Passes that were handed over still write to them, before anybody else can. */
  #leave(sequence: BatchSequence): Member | undefined {
    const member = this.#members.get(sequence)
    if (!member) return undefined
    this.#members.delete(sequence)
    sequence.release()
    return member
  }
}
