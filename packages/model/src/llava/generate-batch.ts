import type { Message } from "@llava/core"
import { Tensor } from "@llava/tensor"
import type { KvCache } from "../contract/kv-cache.ts"
import { chooseTokens } from "../generation/choose-tokens.ts"
import type { GenerationResult } from "../generation/generation.ts"
import { parseSampling } from "../generation/parse-sampling.ts"
import { seededRandom } from "../generation/seeded-random.ts"
import { ModelError } from "../model-error.ts"
import { Answer } from "./answer.ts"
import { continuationIds } from "./continuation-ids.ts"
import type { GenerateContext } from "./generate.ts"
import type { GenerateOptions } from "./generate-options.ts"
import type { ImageFeatures } from "./image-features.ts"
import type { LlavaOptions } from "./llava-settings.ts"
import { type PreparedPrompt, preparePrompts } from "./prepared-prompt.ts"
import { spliceBatch } from "./splice-batch.ts"

/** One conversation of a batch. */
export interface BatchRow {
  messages: readonly Message[]
  /** How the answer begins; the model goes on from there, and `text` has only what it adds. */
  begun?: string
  /** Makes its sampling repeatable, whatever else is in the batch. */
  seed?: number
}

/** Conversations to answer side by side, and how; each row has a seed of its own. */
export interface GenerateBatchOptions extends Omit<GenerateOptions, "messages" | "seed"> {
  rows: readonly BatchRow[]
}

interface ActiveRow {
  readonly prompt: PreparedPrompt
  readonly answer: Answer
  readonly history: number[]
  readonly random: () => number
  /** Tokens that it may still have in all. */
  readonly limit: number
  ended: boolean
}

/**
 * Answers several conversations in one pass per token, each as if it were alone. A row that has ended waits for the
 * longest. Times in the results are those of the batch.
 *
 * Errors: those of `generate`; "context-full" too for a beginning after which no token has room.
 */
export async function generateBatch(
  context: GenerateContext,
  options: GenerateBatchOptions,
): Promise<GenerationResult[]> {
  const { parts, images } = context
  const { device, languageModel } = parts
  const sampling = parseSampling("generateBatch", options)
  const { signal } = options
  if (options.rows.length === 0) return []
  const start = performance.now()
  signal?.throwIfAborted()
  const prompts = await prepareRows(context, options)
  const encoded = performance.now()
  const rows = prompts.map((prompt, index): ActiveRow => {
    const seed = options.rows[index]!.seed ?? Math.floor(Math.random() * 2 ** 32)
    return {
      prompt,
      answer: new Answer(context, options, prompt.stop),
      history: prompt.ids.filter((id) => id >= 0),
      random: seededRandom(seed),
      limit: Math.min(options.maxNewTokens ?? 512, languageModel.maxPositions - prompt.units.length),
      ended: false,
    }
  })
  const capacity = Math.max(...rows.map(({ prompt, limit }) => prompt.units.length + limit))
  using cache = languageModel.createCache({ batch: rows.length, capacity })
  let logits = prefillBatch(parts, images, prompts, cache) // [rows, vocabSize]
  let prefilled: number | undefined
  for (;;) {
    using current = logits
    const chosen = await chooseTokens(current, rows, sampling)
    prefilled ??= performance.now()
    signal?.throwIfAborted()
    for (const [index, row] of rows.entries()) {
      if (row.ended) continue
      row.history.push(chosen[index]!)
      row.ended = row.answer.push(chosen[index]!) || row.answer.tokenIds.length >= row.limit
    }
    if (rows.every(({ ended }) => ended)) break
    using _ = device.scope()
    const ids = Int32Array.from(chosen)
    const embedded = languageModel.embed(Tensor.from(device, ids, [rows.length, 1])) // [rows, 1, hiddenSize]
    const lengths = rows.map(({ ended }) => (ended ? 0 : 1))
    logits = languageModel.logits(languageModel.forward(embedded, { cache, lengths })).retain() // [rows, vocabSize]
  }
  const decodeMs = performance.now() - prefilled
  const times = { encodeMs: encoded - start, prefillMs: prefilled - encoded, decodeMs }
  return rows.map((row) => resultOf(row, times))
}

async function prepareRows({ parts, images, maxPrompt }: GenerateContext, options: GenerateBatchOptions) {
  const conversations = options.rows.map(({ messages }) => messages)
  const prompts = await preparePrompts(parts, images, conversations, maxPrompt, options.signal)
  return prompts.map((prompt, index): PreparedPrompt => {
    const { messages, begun = "" } = options.rows[index]!
    if (begun === "") return prompt
    const more = continuationIds(parts, messages, prompt, begun)
    const units = [...prompt.units, ...more]
    if (units.length >= parts.languageModel.maxPositions) {
      throw new ModelError(`The prompt and the beginning of its answer have ${units.length} tokens.`, {
        code: "context-full",
        fix: `This model takes ${parts.languageModel.maxPositions}; shorten them.`,
      })
    }
    return { ...prompt, ids: [...prompt.ids, ...more], units }
  })
}

/** Every prompt through the language model at once -> the logits after each, `[rows, vocabSize]`. */
function prefillBatch(
  { device, languageModel }: LlavaOptions,
  images: ImageFeatures | undefined,
  prompts: readonly PreparedPrompt[],
  cache: KvCache,
): Tensor {
  using _ = device.scope()
  const keys = prompts.flatMap(({ imageKeys }) => imageKeys)
  const features = keys.length > 0 ? images!.features(keys) : undefined
  const { embeddings, lengths } = spliceBatch(languageModel, device, prompts, features)
  const hidden = languageModel.forward(embeddings, { cache, lengths }) // [rows, longest, hiddenSize]
  const last = lengths.map((length, row) => row * hidden.shape[1]! + length - 1)
  return languageModel.logits(hidden, last).retain()
}

function resultOf(
  { answer, prompt }: ActiveRow,
  times: Omit<GenerationResult["timings"], "tokensPerSecond">,
): GenerationResult {
  answer.flush()
  const generatedTokens = answer.tokenIds.length
  return {
    text: answer.text,
    tokenIds: answer.tokenIds,
    finishReason: answer.stopped ? "stop" : "length",
    usage: {
      promptTokens: prompt.units.length - prompt.imageTokens,
      imageTokens: prompt.imageTokens,
      generatedTokens,
      cachedTokens: 0,
    },
    timings: { ...times, tokensPerSecond: times.decodeMs > 0 ? ((generatedTokens - 1) * 1000) / times.decodeMs : 0 },
  }
}
