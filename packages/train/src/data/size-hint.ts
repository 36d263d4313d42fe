import type { TrainingSample } from "@llava/core"

/** Words of a sample, by which the original groups them (`modality_lengths`); negative for text alone. */
export function sizeHint({ image, conversations }: TrainingSample): number {
  const words = conversations.reduce((sum, { value }) => sum + value.split(/\s+/).filter(Boolean).length, 0)
  return image === undefined ? -words : words
}
