import type { ResolvedSampling } from "./sampling-options.ts"

type Filters = Omit<ResolvedSampling, "seed">

/**
 * Probabilities of the next token after each filter, in transformers' order: repetition penalty, temperature, top-k,
 * top-p, min-p. `history` are the ids of prompt and answer so far. Greedy choice is not made here: a temperature of 0
 * counts as 1.
 */
export function samplingProbabilities(
  logits: Float32Array,
  history: Iterable<number>,
  { temperature, topK, topP, minP, repetitionPenalty }: Filters,
): Float64Array {
  const scores = Float64Array.from(logits)
  if (repetitionPenalty !== 1) penalise(scores, history, repetitionPenalty)
  if (temperature > 0 && temperature !== 1) for (let id = 0; id < scores.length; id++) scores[id]! /= temperature
  if (topK > 0 && topK < scores.length) keepTopK(scores, topK)
  if (topP < 1) keepTopP(scores, topP)
  if (minP > 0) keepMinP(scores, minP)
  return softmax(scores)
}

/** Ids from the likeliest down; equal ones by id. */
function ranked(scores: Float64Array): Uint32Array {
  return Uint32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b)
}

/** Lowers the logits of every id that occurred. Also what greedy decoding with a penalty uses. */
export function penalise(scores: Float64Array | Float32Array, history: Iterable<number>, penalty: number): void {
  for (const id of new Set(history)) {
    const score = scores[id]
    if (score !== undefined) scores[id] = score < 0 ? score * penalty : score / penalty
  }
}

/** Ties with the k-th are kept, as torch.topk's threshold in transformers keeps them. */
function keepTopK(scores: Float64Array, k: number): void {
  const threshold = Float64Array.from(scores).sort()[scores.length - k]!
  for (let id = 0; id < scores.length; id++) if (scores[id]! < threshold) scores[id] = Number.NEGATIVE_INFINITY
}

/** transformers removes, from the least likely up, what sums to at most 1 - topP; the likeliest always stays. */
function keepTopP(scores: Float64Array, topP: number): void {
  const probabilities = softmax(scores)
  const order = ranked(scores)
  let tail = 0
  for (let rank = order.length - 1; rank > 0; rank--) {
    tail += probabilities[order[rank]!]!
    if (tail > 1 - topP) break
    scores[order[rank]!] = Number.NEGATIVE_INFINITY
  }
}

function keepMinP(scores: Float64Array, minP: number): void {
  const probabilities = softmax(scores)
  const threshold = minP * probabilities.reduce((most, probability) => Math.max(most, probability), 0)
  for (let id = 0; id < scores.length; id++) if (probabilities[id]! < threshold) scores[id] = Number.NEGATIVE_INFINITY
}

function softmax(scores: Float64Array): Float64Array {
  const largest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY)
  const weights = scores.map((score) => Math.exp(score - largest))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}
