import { ModelError } from "../model-error.ts"
import { ImageDomain } from "./image-domain.ts"
import type { ImageSummary } from "./summarize-images.ts"

export interface FitImageDomainOptions {
  description: string
  /** Of pictures that the model was trained on: some times as many as a summary has numbers. */
  training: readonly ImageSummary[]
  /** Of pictures like these that it was not trained on: they set the limit. */
  validation: readonly ImageSummary[]
  /** Share of the validation pictures that lie beyond the limit. Default 0.005. */
  beyond?: number
}

/** Added to the variances, as a share of their mean, for directions in which the training pictures do not differ. */
const RIDGE = 1e-4

/**
 * Mean and covariance of training pictures, and the distance within which pictures of their kind lie. Errors: ModelError
 * "image-domain-data" without pictures.
 */
export function fitImageDomain({
  description,
  training,
  validation,
  beyond = 0.005,
}: FitImageDomainOptions): ImageDomain {
  const size = training[0]?.length
  if (size === undefined || validation.length === 0) {
    throw new ModelError("An image domain needs pictures to be fitted to.", { code: "image-domain-data" })
  }
  const mean = new Float64Array(size)
  for (const summary of training) for (let i = 0; i < size; i++) mean[i]! += summary[i]! / training.length
  const precision = inverse(covariance(training, mean))
  const parts = {
    description,
    mean: Float32Array.from(mean),
    precision: Float32Array.from(precision.flatMap((row) => [...row])),
  }
  const unlimited = new ImageDomain({ ...parts, limit: 1 })
  const distances = validation.map((summary) => unlimited.distance(summary)).sort((a, b) => a - b)
  const last = Math.min(distances.length - 1, Math.ceil((1 - beyond) * distances.length) - 1)
  return new ImageDomain({ ...parts, limit: distances[last]! })
}

function covariance(rows: readonly ImageSummary[], mean: Float64Array): Float64Array[] {
  const size = mean.length
  const found = Array.from({ length: size }, () => new Float64Array(size))
  const difference = new Float64Array(size)
  for (const row of rows) {
    for (let i = 0; i < size; i++) difference[i] = row[i]! - mean[i]!
    for (let i = 0; i < size; i++) {
      const own = found[i]!
      const scale = difference[i]! / rows.length
      for (let j = 0; j <= i; j++) own[j]! += scale * difference[j]!
    }
  }
  let trace = 0
  for (let i = 0; i < size; i++) {
    trace += found[i]![i]!
    for (let j = 0; j < i; j++) found[j]![i] = found[i]![j]!
  }
  for (let i = 0; i < size; i++) found[i]![i]! += (RIDGE * trace) / size + Number.EPSILON
  return found
}

/** Of a positive definite matrix, by Gauss-Jordan, which needs no pivots there. */
function inverse(matrix: readonly Float64Array[]): Float64Array[] {
  const size = matrix.length
  const left = matrix.map((row) => Float64Array.from(row))
  const right = matrix.map((_, index) => new Float64Array(size).fill(1, index, index + 1))
  for (let pivot = 0; pivot < size; pivot++) {
    const scale = 1 / left[pivot]![pivot]!
    for (const rows of [left, right]) for (let i = 0; i < size; i++) rows[pivot]![i]! *= scale
    for (let row = 0; row < size; row++) {
      const factor = left[row]![pivot]!
      if (row === pivot || factor === 0) continue
      for (const rows of [left, right]) {
        const [own, other] = [rows[row]!, rows[pivot]!]
        for (let i = 0; i < size; i++) own[i]! -= factor * other[i]!
      }
    }
  }
  return right
}
