import type { PreparedSample } from "../data/prepared-sample.ts"
import { microBatches } from "../loop/micro-batches.ts"
import type { Objective } from "../objective/objective.ts"

export interface ValidationOptions {
  objective: Objective<readonly PreparedSample[]>
  /** How many samples there are. */
  length: number
  /** Undefined for a sample that is left out. */
  prepare: (index: number) => Promise<PreparedSample | undefined>
  /** Samples on the GPU at once. */
  batchSize: number
  signal?: AbortSignal | undefined
}

/**
 * The mean loss over all learned tokens of the validation data; nothing is trained. Undefined where the signal came
 * first, or no sample could be used.
 */
export async function validationLoss(options: ValidationOptions): Promise<number | undefined> {
  const { objective, length, prepare, batchSize, signal } = options
  let sum = 0
  let terms = 0
  const indices = Array.from({ length }, (_, index) => index)
  for (const part of microBatches(indices, batchSize)) {
    if (signal?.aborted) return undefined
    const prepared = await Promise.all(part.map(prepare))
    const samples = prepared.filter((sample) => sample !== undefined)
    if (samples.length === 0 || objective.terms(samples) === 0) continue
    using loss = objective.loss(samples) // [2]
    const [partSum, partTerms] = (await loss.read()) as Float32Array
    sum += partSum!
    terms += partTerms!
  }
  return terms > 0 ? sum / terms : undefined
}
