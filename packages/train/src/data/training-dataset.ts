import type { TrainingSample } from "@llava/core"

/** Samples by number, from wherever they are kept. */
export interface TrainingDataset {
  readonly length: number
  /** What errors call it: a file. */
  readonly name: string
  /** Changes when the samples do: a run is only resumed on the data it began with. */
  readonly fingerprint: string
  /** Rejects for a sample that is not of the format. */
  sample(index: number): Promise<TrainingSample>
  /** Words, for batches of like length; negative without an image. */
  sizeHint(index: number): number
  /** Where a sample is written down, for lists of problems; line from 1. */
  place?(index: number): { readonly file: string; readonly line: number }
  /** The path of an image that a sample names. */
  imagePath(image: string): string
}
