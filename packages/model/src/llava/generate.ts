import { Tensor } from "@llava/tensor"
import { chooseTokens } from "../generation/choose-tokens.ts"
import type { GenerationPiece, GenerationResult } from "../generation/generation.ts"
import { parseSampling } from "../generation/parse-sampling.ts"
import { seededRandom } from "../generation/seeded-random.ts"
import { Answer } from "./answer.ts"
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
  const sampling = parseSampling("generate", options)
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
      const [tokenId = 0] = await chooseTokens(current, [{ history, random }], sampling)
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
