import type { Message } from "@llava/core"
import { concat, logProbabilities, Tensor } from "@llava/tensor"
import { ModelError } from "../model-error.ts"
import { continuationIds } from "./continuation-ids.ts"
import type { GenerateContext } from "./generate.ts"
import { prefill } from "./prefill.ts"
import { type PreparedPrompt, preparePrompt } from "./prepared-prompt.ts"
import type { CachedContext } from "./prompt-cache.ts"

/** A conversation and the continuations to compare. */
export interface ScoreOptions {
  messages: readonly Message[]
  /** Continuations to compare; each must have at least one token. */
  choices: readonly string[]
  signal?: AbortSignal
}

/** In the order of the choices. */
export interface ScoreResult {
  /** Natural log-probability of each choice given the conversation, summed over its tokens, without an end token. */
  scores: number[]
  /** Tokens of each choice. */
  tokenCounts: number[]
}

/** Scores continuations of one prompt, which is computed once. */
export async function score(context: GenerateContext, options: ScoreOptions): Promise<ScoreResult> {
  const { parts, images, maxPrompt } = context
  const { messages, signal } = options
  signal?.throwIfAborted()
  const prompt = await preparePrompt(parts, images, messages, maxPrompt, signal)
  try {
    return await scorePrompt(context, prompt, options)
  } finally {
    images?.release(prompt.imageKeys)
  }
}

async function scorePrompt(
  context: GenerateContext,
  prompt: PreparedPrompt,
  { messages, choices, signal }: ScoreOptions,
): Promise<ScoreResult> {
  const { parts, promptCache } = context
  const ids = choices.map((choice) => continuationIds(parts, messages, prompt, choice))
  const longest = Math.max(0, ...ids.map((choice) => choice.length))
  const promptLength = prompt.units.length
  if (promptLength + longest > parts.languageModel.maxPositions) {
    throw new ModelError(`A choice of ${longest} tokens does not fit after a prompt of ${promptLength}.`, {
      code: "context-full",
    })
  }
  const cached = promptCache.take(prompt.units, promptLength + longest)
  try {
    using all = scoreTokens(context, prompt, cached, ids) // [tokens of all choices]
    signal?.throwIfAborted()
    const values = (await all.read()) as Float32Array
    let at = 0
    const scores = ids.map((choice) => {
      at += choice.length
      return values.subarray(at - choice.length, at).reduce((sum, value) => sum + value, 0)
    })
    return { scores, tokenCounts: ids.map((choice) => choice.length) }
  } finally {
    promptCache.put(cached)
  }
}

/** Log-probabilities of the tokens of every choice, one after the other. */
function scoreTokens(
  { parts: { device, languageModel }, images, parts }: GenerateContext,
  prompt: PreparedPrompt,
  cached: CachedContext,
  choices: readonly (readonly number[])[],
): Tensor {
  using _ = device.scope()
  const hidden = prefill(parts, images, prompt, cached) // [1, new tokens, hiddenSize]
  const first = languageModel.logits(hidden, [hidden.shape[1]! - 1]) // [1, vocabSize]
  const idTensor = (ids: readonly number[]) => Tensor.from(device, Int32Array.from(ids), [ids.length])
  const pieces = choices.flatMap((choice) => {
    const head = logProbabilities(first, idTensor(choice.slice(0, 1))) // [1]
    if (choice.length === 1) return [head]
    const embedded = languageModel.embed(idTensor(choice.slice(0, -1)).reshape([1, choice.length - 1]))
    const rest = languageModel.logits(languageModel.forward(embedded, { cache: cached.cache }))
    cached.cache.truncate(prompt.units.length)
    return [head, logProbabilities(rest, idTensor(choice.slice(1)))]
  })
  return concat(pieces, 0).retain()
}
