import type { Message } from "@llava/core"
import { Tensor } from "@llava/tensor"
import type { KvCache } from "../contract/kv-cache.ts"
import { chooseTokens } from "../generation/choose-tokens.ts"
import type { GenerationResult } from "../generation/generation.ts"
import { parseSampling } from "../generation/parse-sampling.ts"
import { ModelError } from "../model-error.ts"
import { AnswerRow } from "./answer-row.ts"
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
  const { parts, images, maxPrompt } = context
  const sampling = parseSampling("generateBatch", options)
  const { signal } = options
  if (options.rows.length === 0) return []
  const start = performance.now()
  signal?.throwIfAborted()
  const conversations = options.rows.map(({ messages }) => messages)
  const prompts = await preparePrompts(parts, images, conversations, maxPrompt, signal)
  try {
    for (const { imageKeys } of prompts) images?.encodeMissing(imageKeys)
    const rows = options.rows.map((row, index) => {
      const seeded = { ...options, sampling: { ...sampling, seed: row.seed } }
      return new AnswerRow(context, beginAnswer(parts, prompts[index]!, row), seeded)
    })
    const encodeMs = performance.now() - start
    const times = await answerRows(context, rows, signal)
    return rows.map((row) => row.result({ encodeMs, ...times, cachedTokens: 0 }))
  } finally {
    for (const { imageKeys } of prompts) images?.release(imageKeys)
  }
}

/** Goes on until every row has ended. */
async function answerRows({ parts, images }: GenerateContext, rows: readonly AnswerRow[], signal?: AbortSignal) {
  const { device, languageModel } = parts
  const start = performance.now()
  const capacity = Math.max(...rows.map(({ prompt, limit }) => prompt.units.length + limit))
  using cache = languageModel.createCache({ batch: rows.length, capacity })
  const prompts = rows.map(({ prompt }) => prompt)
  let logits = prefillBatch(parts, images, prompts, cache) // [rows, vocabSize]
  let prefilled: number | undefined
  for (;;) {
    using current = logits
    const chosen = await chooseTokens(current, rows)
    prefilled ??= performance.now()
    signal?.throwIfAborted()
    for (const [index, row] of rows.entries()) if (!row.ended) row.push(chosen[index]!)
    if (rows.every(({ ended }) => ended)) break
    using _ = device.scope()
    const ids = Int32Array.from(chosen)
    const embedded = languageModel.embed(Tensor.from(device, ids, [rows.length, 1])) // [rows, 1, hiddenSize]
    const lengths = rows.map(({ ended }) => (ended ? 0 : 1))
    logits = languageModel.logits(languageModel.forward(embedded, { cache, lengths })).retain() // [rows, vocabSize]
  }
  return { prefillMs: prefilled - start, decodeMs: performance.now() - prefilled }
}

/** The prompt with the given beginning of its answer. */
function beginAnswer(parts: LlavaOptions, prompt: PreparedPrompt, { messages, begun = "" }: BatchRow): PreparedPrompt {
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
