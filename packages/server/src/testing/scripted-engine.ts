import { setTimeout as sleep } from "node:timers/promises"
import type { Message } from "@llava/core"
import type { GenerateOptions, GenerationPiece, GenerationResult } from "@llava/model"
// Not by #testing, which brings the GPU with it.
import { byteTokenizer } from "../../../../tests/support/byte-tokenizer.ts"
import type { AnswerEngine, EngineAnswer } from "../contract/answer-engine.ts"

export interface ScriptedEngineOptions {
  /** The answer to everything; each byte is a token. */
  text?: string
  /** Time for each token. */
  tokenMs?: number
  /** No token comes before this resolves. */
  hold?: Promise<void>
  tokensPerImage?: number
  concurrency?: number
  /** Fails after so many tokens, with this. */
  failure?: { after: number; error: unknown }
  /** What it remarks on every question. */
  remarks?: readonly string[]
}

/** An engine without a model: it says what it was told to say, and remembers what it was asked. */
export class ScriptedEngine implements AnswerEngine {
  readonly tokenizer = byteTokenizer()
  readonly languageModel = { vocabSize: 258, maxPositions: 100_000 }
  readonly tokensPerImage: number
  readonly concurrency: number
  readonly asked: GenerateOptions[] = []
  readonly remarkedOn: Message[] = []
  /** Answers under way, and the most there have been. */
  running = 0
  mostRunning = 0
  /** Answers that were broken off. */
  aborted = 0
  readonly #options: ScriptedEngineOptions

  constructor(options: ScriptedEngineOptions = {}) {
    this.#options = options
    this.tokensPerImage = options.tokensPerImage ?? 4
    this.concurrency = options.concurrency ?? 1
  }

  async remarksOn(message: Message): Promise<readonly string[]> {
    this.remarkedOn.push(message)
    return this.#options.remarks ?? []
  }

  generate(options: GenerateOptions): EngineAnswer {
    this.asked.push(options)
    const left = new AbortController()
    const signal = AbortSignal.any([left.signal, ...(options.signal ? [options.signal] : [])])
    const { readable, writable } = new TransformStream<GenerationPiece>({}, {}, { highWaterMark: 1000 })
    const pieces = writable.getWriter()
    const result = this.#run(options, pieces, signal)
    result.then(
      () => pieces.close(),
      (error) => pieces.abort(error).catch(() => undefined),
    )
    return {
      result,
      async *[Symbol.asyncIterator]() {
        try {
          yield* readable
        } finally {
          left.abort()
        }
      },
    }
  }

  async #run(
    options: GenerateOptions,
    pieces: WritableStreamDefaultWriter<GenerationPiece>,
    signal: AbortSignal,
  ): Promise<GenerationResult> {
    this.running++
    this.mostRunning = Math.max(this.mostRunning, this.running)
    try {
      return await this.#answer(options, (piece) => pieces.write(piece).catch(() => undefined), signal)
    } catch (error) {
      if (signal.aborted) this.aborted++
      throw error
    } finally {
      this.running--
    }
  }

  async #answer(
    { maxNewTokens = 512, logProbabilities, constrain }: GenerateOptions,
    emit: (piece: GenerationPiece) => unknown,
    signal: AbortSignal,
  ): Promise<GenerationResult> {
    const { text = "A cup.", tokenMs = 0, hold, failure } = this.#options
    const { promise: stopped, reject } = Promise.withResolvers<never>()
    signal.addEventListener("abort", () => reject(signal.reason), { once: true })
    await Promise.race([hold, stopped])
    const tokenIds: number[] = []
    const constraint = constrain?.()
    for (const tokenId of this.tokenizer.encode(text, { addSpecialTokens: false }).slice(0, maxNewTokens)) {
      if (tokenIds.length === failure?.after) throw failure.error
      await sleep(tokenMs, undefined, { signal })
      constraint?.push(tokenId)
      tokenIds.push(tokenId)
      const likeliest = [
        { tokenId, logProbability: -0.5 },
        { tokenId: 256, logProbability: Number.NEGATIVE_INFINITY },
      ]
      const logProbability = { tokenId, logProbability: -0.5, likeliest: likeliest.slice(0, logProbabilities) }
      emit({ text: String.fromCharCode(tokenId), tokenId, ...(logProbabilities !== undefined && { logProbability }) })
    }
    return {
      text: String.fromCharCode(...tokenIds),
      tokenIds,
      finishReason: tokenIds.length < text.length ? "length" : "stop",
      usage: { promptTokens: 10, imageTokens: 0, generatedTokens: tokenIds.length, cachedTokens: 0 },
      timings: { encodeMs: 1, prefillMs: 2, decodeMs: 3, tokensPerSecond: 4 },
    }
  }
}
