import { openDevice, planningDevice } from "@llava/tensor"
import { measureMemory } from "@llava/train"
import type { TrainerOptions } from "../command-line/trainer-options.ts"
import { chooseRecipe } from "../setup/choose-recipe.ts"
import { openDatasets } from "../setup/open-datasets.ts"
import { openTrainingModel } from "../setup/open-training-model.ts"
import { memoryLines } from "../view/memory-lines.ts"

/** Prints what a step needs on the GPU. It is only planned: weights are not read, and nothing is computed. */
export async function estimateMemory(options: TrainerOptions): Promise<number> {
  const recipe = await chooseRecipe(options)
  const { dataset } = await openDatasets(options, recipe.skipBad)
  await using gpu = await openDevice()
  await using model = await openTrainingModel(options, recipe, planningDevice(gpu))
  const need = await measureMemory({ model, dataset, recipe })
  process.stdout.write(`${memoryLines(need, recipe).join("\n")}\n`)
  return 0
}
