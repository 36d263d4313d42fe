import { AppError } from "@llava/app-common"
import { parseTrainingSamples, type TrainingSample } from "@llava/core"
import { seededOrder } from "./seeded-order.ts"

/** A data file's text, and the share of its samples to take. */
export interface DataShare {
  file: string
  text: string
  share: number
}

/**
 * Samples of several files in one list. Of each file that is not taken whole, a share of its samples is drawn by the seed,
 * rounded to the nearest sample; they keep their order. The same file, share and seed always give the same samples.
 * Errors: DatasetError; AppError "data-empty" where a share is less than half a sample.
 */
export function mixData(shares: readonly DataShare[], seed: number): TrainingSample[] {
  return shares.flatMap(({ file, text, share }) => {
    const samples = parseTrainingSamples(text, file)
    const count = Math.round(samples.length * share)
    if (count === 0) {
      throw new AppError(`${file}: ${share} of its ${samples.length} samples are none.`, {
        code: "data-empty",
        fix: "Take a larger share.",
      })
    }
    const chosen = seededOrder(samples.length, seed)
      .slice(0, count)
      .sort((a, b) => a - b)
    return chosen.map((index) => samples[index]!)
  })
}
