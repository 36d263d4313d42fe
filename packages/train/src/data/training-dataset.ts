import type { TrainingSample } from "@llava/core"

/** Samples by number, from wherever they are kept. */
export interface TrainingDataset {
  readonly length: number
  /** What errors call it: a file. */
  readonly name: string
  /** Changes when the samples do: a run is only resumed on the data it began with. */
  readonly fingerprint: string
  sample(index: number): Promise<TrainingSample>
  /** Tokens, roughly, for batches of like length; negative without an image. */
  sizeHint(index: number): number
  /** The path of an image that a sample names. */
  imagePath(image: string): string
}
