import type { TokenRow } from "../generation/choose-tokens.ts"
import type { GenerationPiece, GenerationResult } from "../generation/generation.ts"
import { LogitsFilter } from "../generation/logits-filter.ts"
import type { ResolvedSampling } from "../generation/sampling-options.ts"
import { seededRandom } from "../generation/seeded-random.ts"
import type { ChosenLogProbability } from "../generation/token-log-probability.ts"
import { Answer, type AnswerEnds } from "./answer.ts"
import type { GenerateContext } from "./generate.ts"
import type { GenerateOptions } from "./generate-options.ts"
import type { PreparedPrompt } from "./prepared-prompt.ts"

/** How an answer is made once its prompt is prepared. */
export interface AnswerRowOptions extends AnswerEnds, Pick<GenerateOptions, "maxNewTokens" | "logProbabilities"> {
  sampling: ResolvedSampling
}

/** Milliseconds of each stage. */
export type StageTimes = Omit<GenerationResult["timings"], "tokensPerSecond">

/** An answer in the making: its prompt, its tokens so far, and how the next one is chosen. */
export class AnswerRow implements TokenRow {
  readonly prompt: PreparedPrompt
  readonly sampling: ResolvedSampling
  readonly history: number[]
  readonly random: () => number
  /** Tokens that it may have in all. */
  readonly limit: number
  readonly #answer: Answer
  readonly #filter: LogitsFilter | undefined
  readonly #logProbabilities: ChosenLogProbability[] | undefined

  constructor(
    context: GenerateContext,
    prompt: PreparedPrompt,
    { sampling, maxNewTokens = 512, logProbabilities, ...ends }: AnswerRowOptions,
    emit?: (piece: GenerationPiece) => void,
  ) {
    this.prompt = prompt
    this.sampling = sampling
    this.history = prompt.ids.filter((id) => id >= 0)
    this.random = seededRandom(sampling.seed ?? Math.floor(Math.random() * 2 ** 32))
    this.limit = Math.min(maxNewTokens, context.parts.languageModel.maxPositions - prompt.units.length)
    this.#answer = new Answer(context, ends, prompt.stop, emit)
    const endTokenIds = ends.ignoreEndOfSequence ? new Set<number>() : context.endTokenIds
    const constraint = ends.constrain?.()
    const isWatched = constraint !== undefined || logProbabilities !== undefined
    this.#filter = isWatched ? new LogitsFilter({ constraint, logProbabilities, endTokenIds }) : undefined
    this.#logProbabilities = logProbabilities === undefined ? undefined : []
  }

  get ended(): boolean {
    return this.#answer.stopped || this.#answer.tokenIds.length >= this.limit
  }

  /** Of an answer that has ended, nothing more is chosen. */
  get filter(): LogitsFilter | undefined {
    return this.ended ? undefined : this.#filter
  }

  /** Adds a token, and emits what it shows. Errors: "constraint-dead-end" where a constraint allowed none. */
  push(tokenId: number): void {
    const chosen = this.#filter?.push(tokenId)
    if (chosen) this.#logProbabilities?.push(chosen)
    this.history.push(tokenId)
    this.#answer.push(tokenId, chosen)
    if (this.#filter?.isOver) this.#answer.stopped = true
  }

  /** The whole answer; what was held back is emitted. */
  result({ cachedTokens, ...times }: StageTimes & { cachedTokens: number }): GenerationResult {
    const answer = this.#answer
    answer.flush()
    const { units, imageTokens } = this.prompt
    const generatedTokens = answer.tokenIds.length
    const decoded = Math.max(0, generatedTokens - 1)
    return {
      text: answer.text,
      tokenIds: answer.tokenIds,
      ...(this.#logProbabilities && { logProbabilities: this.#logProbabilities }),
      finishReason: answer.stopped ? "stop" : "length",
      usage: { promptTokens: units.length - imageTokens, imageTokens, generatedTokens, cachedTokens },
      timings: { ...times, tokensPerSecond: times.decodeMs > 0 ? (decoded * 1000) / times.decodeMs : 0 },
    }
  }
}
