import { argMax, type Tensor } from "@llava/tensor"
import { ModelError } from "../model-error.ts"
import type { ResolvedSampling } from "./sampling-options.ts"
import { penalise, samplingProbabilities } from "./sampling-probabilities.ts"

/** Picks the next token from logits `[1, vocabSize]`. Plain greedy choice is made on the GPU and reads back four bytes. */
export async function chooseToken(
  logits: Tensor,
  history: readonly number[],
  sampling: ResolvedSampling,
  random: () => number,
): Promise<number> {
  if (sampling.temperature === 0 && sampling.repetitionPenalty === 1) {
    using best = argMax(logits) // [1]
    return (await best.read())[0]!
  }
  const values = (await logits.read()) as Float32Array
  checkFinite(values)
  if (sampling.temperature === 0) {
    penalise(values, history, sampling.repetitionPenalty)
    return values.indexOf(values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY))
  }
  return draw(samplingProbabilities(values, history, sampling), random())
}

function draw(probabilities: Float64Array, uniform: number): number {
  let cumulative = 0
  let last = 0
  for (const [id, probability] of probabilities.entries()) {
    if (probability === 0) continue
    cumulative += probability
    last = id
    if (uniform < cumulative) return id
  }
  return last
}

function checkFinite(values: Float32Array): void {
  if (!values.some(Number.isNaN)) return
  throw new ModelError("The model's logits are not numbers.", {
    code: "logits-not-finite",
    fix: "Its weights may be damaged, or too large for f16: load it with dtype f32.",
  })
}
