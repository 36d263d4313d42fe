import { type Recipe, sampleOrder, type TrainingDataset } from "@llava/train"

/** Ids of the samples of every step of a run within its first epoch. */
export async function batchesOf(dataset: TrainingDataset, recipe: Recipe): Promise<(string | number)[][]> {
  const order = sampleOrder(dataset, recipe, 0)
  const steps = Math.min(recipe.steps ?? Number.POSITIVE_INFINITY, Math.floor(order.length / recipe.batchSize))
  return Promise.all(
    Array.from({ length: steps }, (_, step) => {
      const indices = order.subarray(step * recipe.batchSize, (step + 1) * recipe.batchSize)
      return Promise.all(Array.from(indices, async (index) => (await dataset.sample(index)).id))
    }),
  )
}
