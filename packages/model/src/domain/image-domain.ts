import type { ImageSummary } from "./summarize-images.ts"

export interface ImageDomainOptions {
  /** What the pictures are: "drawn scenes". */
  description: string
  mean: Float32Array
  /** Inverse of the covariance, row by row. */
  precision: Float32Array
  /** Mahalanobis distance up to which a picture counts as one of them. */
  limit: number
}

/**
 * What the pictures have in common that a model was trained on, to tell others from them: mean and covariance of what its
 * encoder makes of them (Lee et al. 2018, with one class). Made by `fitImageDomain`.
 */
export class ImageDomain {
  readonly description: string
  readonly mean: Float32Array
  readonly precision: Float32Array
  readonly limit: number

  constructor({ description, mean, precision, limit }: ImageDomainOptions) {
    this.description = description
    this.mean = mean
    this.precision = precision
    this.limit = limit
  }

  /** How far a picture is from those of training, in limits: more than 1 is unlike them. */
  distance(summary: ImageSummary): number {
    const size = this.mean.length
    const difference = summary.map((value, index) => value - this.mean[index]!)
    let sum = 0
    for (let i = 0; i < size; i++) {
      let product = 0
      for (let j = 0; j < size; j++) product += this.precision[i * size + j]! * difference[j]!
      sum += difference[i]! * product
    }
    return Math.sqrt(Math.max(0, sum)) / this.limit
  }
}
