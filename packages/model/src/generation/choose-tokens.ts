import { argMax, gatherRows, Tensor } from "@llava/tensor"
import { ModelError } from "../model-error.ts"
import type { LogitsFilter } from "./logits-filter.ts"
import type { ResolvedSampling } from "./sampling-options.ts"
import { penalise, samplingProbabilities } from "./sampling-probabilities.ts"

/** A row of a batch: how its token is chosen, the tokens before, and where its chance comes from. */
export interface TokenRow {
  readonly sampling: ResolvedSampling
  readonly history: readonly number[]
  readonly random: () => number
  /** Is shown the row's logits before the choice is made, and may lower them. */
  readonly filter?: LogitsFilter | undefined
}

/**
 * Picks each row's next token from logits `[rows, vocabSize]`. Plain greedy choice is made on the GPU and reads back four
 * bytes a row; of the other rows the logits are read.
 */
export async function chooseTokens(logits: Tensor, rows: readonly TokenRow[]): Promise<number[]> {
  const drawn = rows.flatMap((row, index) => (isPlain(row) ? [] : [index]))
  const [best, read] = await Promise.all([
    drawn.length < rows.length ? readBest(logits) : undefined,
    drawn.length > 0 ? readRows(logits, drawn) : undefined,
  ])
  const chosen = [...(best ?? rows.map(() => 0))]
  const width = logits.shape[1]!
  for (const [at, index] of drawn.entries()) {
    chosen[index] = choose(read!.subarray(at * width, (at + 1) * width), rows[index]!)
  }
  return chosen
}

function isPlain({ sampling, filter }: TokenRow): boolean {
  return sampling.temperature === 0 && sampling.repetitionPenalty === 1 && !filter
}

async function readBest(logits: Tensor): Promise<Int32Array> {
  using best = argMax(logits) // [rows]
  return (await best.read()) as Int32Array
}

async function readRows(logits: Tensor, rows: readonly number[]): Promise<Float32Array> {
  if (rows.length === logits.shape[0]) return (await logits.read()) as Float32Array
  using wanted = rowsOf(logits, rows)
  return (await wanted.read()) as Float32Array
}

function rowsOf(logits: Tensor, rows: readonly number[]): Tensor {
  using scope = logits.device.scope()
  return scope.keep(gatherRows(logits, Tensor.from(logits.device, Int32Array.from(rows), [rows.length]))).retain()
}

function choose(logits: Float32Array, { sampling, history, random, filter }: TokenRow): number {
  checkFinite(logits)
  filter?.apply(logits)
  if (sampling.temperature > 0) return draw(samplingProbabilities(logits, history, sampling), random())
  penalise(logits, history, sampling.repetitionPenalty)
  return logits.indexOf(logits.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY))
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
