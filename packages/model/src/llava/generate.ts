import { StopStringMatcher, StreamDecoder } from "@llava/core"
import { Tensor } from "@llava/tensor"
import { chooseToken } from "../generation/choose-token.ts"
import type { GenerationPiece, GenerationResult } from "../generation/generation.ts"
import { samplingOptionsSchema } from "../generation/sampling-options.ts"
import { seededRandom } from "../generation/seeded-random.ts"
import { ModelError } from "../model-error.ts"
import type { GenerateOptions } from "./generate-options.ts"
import type { ImageFeatures } from "./image-features.ts"
import type { LlavaOptions } from "./llava-settings.ts"
import { prefill } from "./prefill.ts"
import { preparePrompt } from "./prepared-prompt.ts"
import type { CachedContext, PromptCache } from "./prompt-cache.ts"

export interface GenerateContext {
  readonly parts: LlavaOptions
  readonly images: ImageFeatures | undefined
  readonly promptCache: PromptCache
  /** Longest prompt, images included. */
  readonly maxPrompt: number
  readonly endTokenIds: ReadonlySet<number>
}

/** One answer: prompt, prefill, then token by token. Each piece is emitted when its token is known. */
export async function generate(
  context: GenerateContext,
  options: GenerateOptions,
  emit: (piece: GenerationPiece) => void,
  signal: AbortSignal,
): Promise<GenerationResult> {
  const { parts, images, promptCache, maxPrompt } = context
  const sampling = parseSampling(options)
  const random = seededRandom(sampling.seed ?? Math.floor(Math.random() * 2 ** 32))
  const start = performance.now()
  signal.throwIfAborted()
  const prompt = await preparePrompt(parts, images, options.messages, maxPrompt, signal)
  const encoded = performance.now()

  const promptLength = prompt.units.length
  const limit = Math.min(options.maxNewTokens ?? 512, parts.languageModel.maxPositions - promptLength)
  const cached = promptCache.take(prompt.units, promptLength + limit)
  const cachedTokens = cached.units.length
  try {
    const answer = new Answer(context, options, prompt.stop, emit)
    const history = prompt.ids.filter((id) => id >= 0)
    let logits = firstLogits(context, prompt, cached)
    let prefilled: number | undefined
    while (answer.tokenIds.length < limit) {
      using current = logits
      const tokenId = await chooseToken(current, history, sampling, random)
      prefilled ??= performance.now()
      signal.throwIfAborted()
      history.push(tokenId)
      if (answer.push(tokenId) || answer.tokenIds.length === limit) break
      logits = nextLogits(parts, tokenId, cached)
    }
    answer.flush()
    prefilled ??= performance.now()
    const decodeMs = performance.now() - prefilled
    const decoded = Math.max(0, answer.tokenIds.length - 1)
    return {
      text: answer.text,
      tokenIds: answer.tokenIds,
      finishReason: answer.stopped ? "stop" : "length",
      usage: {
        promptTokens: promptLength - prompt.imageTokens,
        imageTokens: prompt.imageTokens,
        generatedTokens: answer.tokenIds.length,
        cachedTokens,
      },
      timings: {
        encodeMs: encoded - start,
        prefillMs: prefilled - encoded,
        decodeMs,
        tokensPerSecond: decodeMs > 0 ? (decoded * 1000) / decodeMs : 0,
      },
    }
  } finally {
    promptCache.put(cached)
  }
}

function parseSampling(options: GenerateOptions) {
  const parsed = samplingOptionsSchema.safeParse(options)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  throw new ModelError(`generate: ${issue.path.join(".")}: ${issue.message}.`, { code: "sampling-options" })
}

function firstLogits(context: GenerateContext, prompt: Parameters<typeof prefill>[2], cached: CachedContext): Tensor {
  const { parts, images } = context
  using _ = parts.device.scope()
  const hidden = prefill(parts, images, prompt, cached) // [1, new tokens, hiddenSize]
  return parts.languageModel.logits(hidden, [hidden.shape[1]! - 1]).retain() // [1, vocabSize]
}

function nextLogits({ device, languageModel }: LlavaOptions, tokenId: number, cached: CachedContext): Tensor {
  using _ = device.scope()
  const embedded = languageModel.embed(Tensor.from(device, Int32Array.of(tokenId), [1, 1])) // [1, 1, hiddenSize]
  const hidden = languageModel.forward(embedded, { cache: cached.cache })
  cached.units.push(tokenId)
  return languageModel.logits(hidden).retain() // [1, vocabSize]
}

/** The answer so far: ids, shown text, and whether it has ended. */
class Answer {
  readonly tokenIds: number[] = []
  text = ""
  stopped = false
  readonly #ends: ReadonlySet<number>
  readonly #decoder: StreamDecoder
  readonly #matcher: StopStringMatcher
  readonly #emit: (piece: GenerationPiece) => void

  constructor(
    { parts, endTokenIds }: GenerateContext,
    { stop = [], ignoreEndOfSequence = false }: GenerateOptions,
    templateStop: readonly string[],
    emit: (piece: GenerationPiece) => void,
  ) {
    this.#ends = ignoreEndOfSequence ? new Set() : endTokenIds
    this.#decoder = new StreamDecoder(parts.tokenizer)
    this.#matcher = new StopStringMatcher(ignoreEndOfSequence ? stop : [...templateStop, ...stop])
    this.#emit = emit
  }

  /** Returns whether the answer has ended. */
  push(tokenId: number): boolean {
    this.tokenIds.push(tokenId)
    if (this.#ends.has(tokenId)) {
      this.stopped = true
      return true
    }
    const { text, stoppedBy } = this.#matcher.push(this.#decoder.push(tokenId))
    this.stopped = stoppedBy !== undefined
    this.#show(text)
    return this.stopped
  }

  /** What was held back is text after all; after a stop string nothing is. */
  flush(): void {
    const rest = this.#matcher.push(this.#decoder.flush()).text + this.#matcher.flush()
    if (rest !== "") this.#show(rest)
  }

  #show(text: string): void {
    this.text += text
    this.#emit({ text, tokenId: this.tokenIds.at(-1)! })
  }
}
