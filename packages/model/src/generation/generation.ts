import { PushQueue } from "./push-queue.ts"
import type { ChosenLogProbability } from "./token-log-probability.ts"

/** A piece of an answer: whole characters only. Its text is empty while a character is incomplete. */
export interface GenerationPiece {
  text: string
  tokenId: number
  /** With the option `logProbabilities`. */
  logProbability?: ChosenLogProbability
}

/** A whole answer. Times are in milliseconds; prefill includes the first token, `tokensPerSecond` counts the others. */
export interface GenerationResult {
  text: string
  /** Predicted ids, with the end token if there was one. */
  tokenIds: number[]
  /** Of each of them, with the option `logProbabilities`. */
  logProbabilities?: ChosenLogProbability[]
  /** `stop`: the model, a stop string or a constraint ended the answer; `length`: `maxNewTokens` or the context did. */
  finishReason: "stop" | "length"
  usage: {
    /** Text tokens of the prompt; image tokens are counted apart. */
    promptTokens: number
    imageTokens: number
    generatedTokens: number
    /** Of prompt and image tokens: taken from the conversation's cache instead of computed. */
    cachedTokens: number
  }
  timings: { encodeMs: number; prefillMs: number; decodeMs: number; tokensPerSecond: number }
}

/**
 * An answer on its way: iterate over the pieces, await `result`, or both. Leaving the loop early stops the model.
 * A failed or aborted generation rejects both.
 */
export class Generation implements AsyncIterable<GenerationPiece> {
  readonly result: Promise<GenerationResult>
  readonly #queue: PushQueue<GenerationPiece>

  constructor(run: (emit: (piece: GenerationPiece) => void, stop: AbortSignal) => Promise<GenerationResult>) {
    const left = new AbortController()
    this.#queue = new PushQueue(() => left.abort(new DOMException("The reader left.", "AbortError")))
    this.result = run((piece) => this.#queue.push(piece), left.signal)
    this.result.then(
      () => this.#queue.end(),
      (error) => this.#queue.end(error),
    )
  }

  [Symbol.asyncIterator](): AsyncIterator<GenerationPiece> {
    return this.#queue[Symbol.asyncIterator]()
  }
}
