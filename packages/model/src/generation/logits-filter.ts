import type { TokenConstraint } from "@llava/core"
import { ModelError } from "../model-error.ts"
import type { ChosenLogProbability, TokenLogProbability } from "./token-log-probability.ts"

export interface LogitsFilterOptions {
  constraint?: TokenConstraint | undefined
  /** Likeliest tokens to remember with each one that is chosen; undefined: remember nothing. */
  logProbabilities?: number | undefined
  /** Allowed where a constraint lets the answer end. */
  endTokenIds: ReadonlySet<number>
}

/** Sees the logits of one answer before each token is chosen: lowers what a constraint forbids, and notes probabilities. */
export class LogitsFilter {
  readonly #options: LogitsFilterOptions
  /** Of the step whose token is not known yet: as the model gave them. */
  #raw: Float32Array | undefined
  #isStuck = false

  constructor(options: LogitsFilterOptions) {
    this.#options = options
  }

  /** Whether nothing may follow what was chosen so far. */
  get isOver(): boolean {
    return this.#options.constraint?.mayGoOn === false
  }

  /** Changes the logits of one row, `[vocabSize]`. */
  apply(logits: Float32Array): void {
    const { constraint, logProbabilities, endTokenIds } = this.#options
    if (logProbabilities !== undefined) this.#raw = logits.slice()
    if (!constraint) return
    const allowed = constraint.allowed()
    const isAllowed = (id: number) => allowed[id] === 1 || (constraint.mayEnd && endTokenIds.has(id))
    // One answer that cannot go on is no reason for those beside it to fail: whoever pushes its token hears of it.
    this.#isStuck = !logits.some((_, id) => isAllowed(id))
    if (this.#isStuck) return
    for (const id of logits.keys()) if (!isAllowed(id)) logits[id] = Number.NEGATIVE_INFINITY
  }

  /**
   * Takes the token that was chosen; tells of its probability where that is wanted. Errors: ModelError
   * "constraint-dead-end" where none was allowed.
   */
  push(tokenId: number): ChosenLogProbability | undefined {
    const { constraint, logProbabilities = 0, endTokenIds } = this.#options
    if (this.#isStuck) {
      throw new ModelError("No token of this model's vocabulary can continue the answer as its constraint demands.", {
        code: "constraint-dead-end",
        fix: "Use a model whose tokenizer has a token for each byte.",
      })
    }
    if (!(constraint?.mayEnd && endTokenIds.has(tokenId))) constraint?.push(tokenId)
    const raw = this.#raw
    if (!raw) return undefined
    this.#raw = undefined
    const sum = logSumExp(raw)
    const of = (id: number): TokenLogProbability => ({ tokenId: id, logProbability: raw[id]! - sum })
    return { ...of(tokenId), likeliest: likeliest(raw, logProbabilities).map(of) }
  }
}

function logSumExp(logits: Float32Array): number {
  const largest = logits.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  return largest + Math.log(logits.reduce((sum, value) => sum + Math.exp(value - largest), 0))
}

/** Ids from the likeliest down, of equal ones the lower first. */
function likeliest(logits: Float32Array, count: number): number[] {
  const best: number[] = []
  for (const [id, value] of logits.entries()) {
    if (best.length === count && (count === 0 || value <= logits[best.at(-1)!]!)) continue
    let at = best.length
    while (at > 0 && logits[best[at - 1]!]! < value) at--
    best.splice(at, 0, id)
    best.length = Math.min(best.length, count)
  }
  return best
}
