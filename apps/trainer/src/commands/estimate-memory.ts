import { measureMemory } from "@llava/train"
import type { TrainerOptions } from "../command-line/trainer-options.ts"
import { chooseRecipe } from "../setup/choose-recipe.ts"
import { openDatasets } from "../setup/open-datasets.ts"
import { openTrainingModel } from "../setup/open-training-model.ts"
import { megabytes } from "../view/megabytes.ts"

/** Prints what a step needs on the GPU. */
export async function estimateMemory(options: TrainerOptions): Promise<number> {
  const recipe = await chooseRecipe(options)
  const { dataset } = await openDatasets(options, recipe.skipBad)
  await using model = await openTrainingModel(options, recipe)
  const need = await measureMemory({ model, dataset, recipe })
  const batch = recipe.microBatchSize ?? recipe.batchSize
  const lines = [
    `trained parameters  ${need.trainedParameters.toLocaleString("en")}`,
    `weights             ${megabytes(need.weightBytes)} MB`,
    `gradients, state    ${megabytes(need.trainingBytes)} MB`,
    `peak of a step      ${megabytes(need.peakBytes)} MB with ${batch} of the longest samples at once (microBatchSize)`,
  ]
  process.stdout.write(`${lines.join("\n")}\n`)
  return 0
}
