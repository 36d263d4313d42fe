import type { Recipe } from "../recipe/recipe-schema.ts"
import { seededShuffle } from "./seeded-shuffle.ts"
import type { TrainingDataset } from "./training-dataset.ts"

/** Batches whose samples are sorted among each other, so that few tokens are padding. */
const MEGABATCH = 50

/**
 * The order of one epoch, a permutation of the data: the same for the same seed and epoch. With grouping, batches are
 * of like length (and of one modality), in random order, as `LengthGroupedSampler` of the original code makes them.
 */
export function sampleOrder(
  dataset: Pick<TrainingDataset, "length" | "sizeHint">,
  { grouping, batchSize, seed }: Pick<Recipe, "grouping" | "batchSize" | "seed">,
  epoch: number,
): Int32Array {
  const shuffled = seededShuffle(dataset.length, seed, epoch)
  if (grouping === "none") return shuffled
  const size = (index: number) => Math.abs(dataset.sizeHint(index))
  const grouped = (indices: Int32Array): Int32Array[] => {
    const batches: Int32Array[] = []
    const mega = batchSize * MEGABATCH
    for (let begin = 0; begin < indices.length; begin += mega) {
      const sorted = indices.slice(begin, begin + mega).sort((a, b) => size(b) - size(a) || a - b)
      for (let at = 0; at < sorted.length; at += batchSize) batches.push(sorted.slice(at, at + batchSize))
    }
    return batches
  }
  const groups =
    grouping === "length"
      ? [shuffled]
      : [shuffled.filter((i) => dataset.sizeHint(i) >= 0), shuffled.filter((i) => dataset.sizeHint(i) < 0)]
  const batches = groups.flatMap(grouped)
  const full = batches.filter((batch) => batch.length === batchSize)
  const rest = batches.filter((batch) => batch.length < batchSize)
  const order = [...seededShuffle(full.length, seed, epoch)].map((index) => full[index]!)
  return Int32Array.from([...order, ...rest].flatMap((batch) => [...batch]))
}
