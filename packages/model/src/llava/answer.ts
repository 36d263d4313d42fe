import { StopStringMatcher, StreamDecoder } from "@llava/core"
import type { GenerationPiece } from "../generation/generation.ts"
import type { ChosenLogProbability } from "../generation/token-log-probability.ts"
import type { GenerateContext } from "./generate.ts"
import type { GenerateOptions } from "./generate-options.ts"

/** What ends an answer. */
export type AnswerEnds = Pick<GenerateOptions, "stop" | "ignoreEndOfSequence" | "constrain">

/** The answer so far: ids, shown text, and whether it has ended. */
export class Answer {
  readonly tokenIds: number[] = []
  text = ""
  stopped = false
  readonly #ends: ReadonlySet<number>
  readonly #decoder: StreamDecoder
  readonly #matcher: StopStringMatcher
  readonly #emit: (piece: GenerationPiece) => void

  constructor(
    { parts, endTokenIds }: GenerateContext,
    { stop = [], ignoreEndOfSequence = false, constrain }: AnswerEnds,
    templateStop: readonly string[],
    emit: (piece: GenerationPiece) => void = () => undefined,
  ) {
    this.#ends = ignoreEndOfSequence ? new Set() : endTokenIds
    this.#decoder = new StreamDecoder(parts.tokenizer)
    this.#matcher = new StopStringMatcher(ignoreEndOfSequence || constrain ? stop : [...templateStop, ...stop])
    this.#emit = emit
  }

  /** Returns whether the answer has ended. */
  push(tokenId: number, logProbability?: ChosenLogProbability): boolean {
    this.tokenIds.push(tokenId)
    if (this.#ends.has(tokenId)) {
      this.stopped = true
      return true
    }
    const { text, stoppedBy } = this.#matcher.push(this.#decoder.push(tokenId))
    this.stopped = stoppedBy !== undefined
    this.#show(text, logProbability)
    return this.stopped
  }

  /** What was held back is text after all; after a stop string nothing is. */
  flush(): void {
    const rest = this.#matcher.push(this.#decoder.flush()).text + this.#matcher.flush()
    if (rest !== "") this.#show(rest)
  }

  #show(text: string, logProbability?: ChosenLogProbability): void {
    this.text += text
    this.#emit({ text, tokenId: this.tokenIds.at(-1)!, ...(logProbability && { logProbability }) })
  }
}
