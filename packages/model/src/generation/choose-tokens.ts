import { argMax, type Tensor } from "@llava/tensor"
import { ModelError } from "../model-error.ts"
import type { ResolvedSampling } from "./sampling-options.ts"
import { penalise, samplingProbabilities } from "./sampling-probabilities.ts"

/** A row of a batch: the tokens before, and where its chance comes from. */
export interface TokenRow {
  readonly history: readonly number[]
  readonly random: () => number
}

/** Picks each row's next token from logits `[rows, vocabSize]`. Plain greedy choice is made on the GPU and reads back four bytes a row. */
export async function chooseTokens(
  logits: Tensor,
  rows: readonly TokenRow[],
  sampling: ResolvedSampling,
): Promise<number[]> {
  if (sampling.temperature === 0 && sampling.repetitionPenalty === 1) {
    using best = argMax(logits) // [rows]
    return [...(await best.read())]
  }
  const all = (await logits.read()) as Float32Array
  const width = all.length / rows.length
  return rows.map(({ history, random }, row) => {
    const values = all.subarray(row * width, (row + 1) * width)
    checkFinite(values)
    if (sampling.temperature > 0) return draw(samplingProbabilities(values, history, sampling), random())
    penalise(values, history, sampling.repetitionPenalty)
    return values.indexOf(values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY))
  })
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
