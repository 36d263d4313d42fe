import { Tensor } from "@llava/tensor"
import { chooseTokens } from "../generation/choose-tokens.ts"
import type { GenerationPiece, GenerationResult } from "../generation/generation.ts"
import { parseSampling } from "../generation/parse-sampling.ts"
import { AnswerRow } from "./answer-row.ts"
import type { GenerateOptions } from "./generate-options.ts"
import type { ImageFeatures } from "./image-features.ts"
import type { LlavaOptions } from "./llava-settings.ts"
import { prefill } from "./prefill.ts"
import { preparePrompt } from "./prepared-prompt.ts"
import type { CachedContext, PromptCache } from "./prompt-cache.ts"

/** What an answer is made of, besides its own options. */
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
  const { parts, images, maxPrompt } = context
  const sampling = parseSampling("generate", options)
  const start = performance.now()
  signal.throwIfAborted()
  const prompt = await preparePrompt(parts, images, options.messages, maxPrompt, signal)
  try {
    const row = new AnswerRow(context, prompt, { ...options, sampling }, emit)
    images?.encodeMissing(prompt.imageKeys)
    const encodeMs = performance.now() - start
    return row.result({ encodeMs, ...(await answerRow(context, row, signal)) })
  } finally {
    images?.release(prompt.imageKeys)
  }
}

async function answerRow(context: GenerateContext, row: AnswerRow, signal: AbortSignal) {
  const { parts, promptCache } = context
  const { prompt, limit } = row
  const start = performance.now()
  const cached = promptCache.take(prompt.units, prompt.units.length + limit)
  const cachedTokens = cached.units.length
  try {
    let prefilled: number | undefined
    let logits = row.ended ? undefined : firstLogits(context, prompt, cached)
    while (logits) {
      using current = logits
      logits = undefined
      const [tokenId = 0] = await chooseTokens(current, [row])
      prefilled ??= performance.now()
      signal.throwIfAborted()
      row.push(tokenId)
      if (!row.ended) logits = nextLogits(parts, tokenId, cached)
    }
    prefilled ??= performance.now()
    const decodeMs = performance.now() - prefilled
    return { prefillMs: prefilled - start, decodeMs, cachedTokens }
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
