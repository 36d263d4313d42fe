import type { Recipe } from "../recipe/recipe-schema.ts"
import { evenChunks } from "./even-chunks.ts"
import { seededShuffle } from "./seeded-shuffle.ts"
import type { TrainingDataset } from "./training-dataset.ts"

/** Words that an image counts as, in the original. */
const IMAGE_SIZE = 128
/** Batches that are sorted together under "length", as in transformers. */
const MOST_BATCHES = 50

type Sizes = Pick<TrainingDataset, "length" | "sizeHint">
type OrderRecipe = Pick<Recipe, "grouping" | "batchSize" | "seed"> & Partial<Pick<Recipe, "microBatchSize">>

/**
 * The order of one epoch, a permutation of the data: the same for the same seed and epoch. Groupings follow the
 * original's trainer, but for its random numbers:
 *
 * - `modality-length` is `group_by_modality_length` (llava_trainer.py): every step is all with or all without images, its
 *   samples are dealt to micro-batches of like length, and steps come in random order; the last samples of both kinds
 *   come at the end.
 * - `length` is `group_by_length` of transformers: samples are sorted over up to 50 steps at a time, longest first, and
 *   the longest of all begins, so that memory runs out at once or never.
 */
export function sampleOrder(dataset: Sizes, recipe: OrderRecipe, epoch: number): Int32Array {
  const shuffled = seededShuffle(dataset.length, recipe.seed, epoch)
  if (recipe.grouping === "none") return shuffled
  return Int32Array.from(
    recipe.grouping === "length"
      ? byLength(dataset, recipe, shuffled)
      : byModality(dataset, recipe, epoch, [...shuffled]),
  )
}

function byLength(dataset: Sizes, { batchSize }: OrderRecipe, shuffled: Int32Array): number[] {
  const size = (index: number) => {
    const hint = dataset.sizeHint(index)
    return hint < 0 ? -hint : hint + IMAGE_SIZE
  }
  const batches = Math.max(1, Math.min(Math.floor(shuffled.length / (batchSize * 4)), MOST_BATCHES))
  const sorted = slices([...shuffled], batches * batchSize).map((mega) => longestFirst(mega, size))
  const order = sorted.flat()
  const longest = sorted.reduce((best, mega) => (size(mega[0]!) > size(best[0]!) ? mega : best))[0]!
  const place = order.indexOf(longest)
  order[place] = order[0]!
  order[0] = longest
  return order
}

function byModality(dataset: Sizes, recipe: OrderRecipe, epoch: number, shuffled: number[]): number[] {
  const { batchSize, microBatchSize = batchSize, seed } = recipe
  const size = (index: number) => Math.abs(dataset.sizeHint(index))
  const steps = (indices: number[]) =>
    slices(indices, batchSize).map((step) =>
      evenChunks(longestFirst(step, size), size, batchSize / microBatchSize).flat(),
    )
  const withImages = steps(shuffled.filter((index) => dataset.sizeHint(index) >= 0))
  const textAlone = steps(shuffled.filter((index) => dataset.sizeHint(index) < 0))
  if (withImages.length === 0 || textAlone.length === 0) return [...withImages, ...textAlone].flat()
  const last = [...withImages.pop()!, ...textAlone.pop()!].sort((a, b) => a - b)
  const full = [...withImages, ...textAlone]
  const order = [...seededShuffle(full.length, seed, epoch)].flatMap((index) => full[index]!)
  return [...order, ...last]
}

/** Samples of one size keep their order. */
const longestFirst = (indices: readonly number[], size: (index: number) => number) =>
  indices.toSorted((a, b) => size(b) - size(a))

function slices(indices: readonly number[], length: number): number[][] {
  const parts: number[][] = []
  for (let begin = 0; begin < indices.length; begin += length) parts.push(indices.slice(begin, begin + length))
  return parts
}
