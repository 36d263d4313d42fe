import { openDevice, planningDevice } from "@llava/tensor"
import { checkDataset, type DatasetCheck, measureMemory, type Recipe, totalSteps } from "@llava/train"
import type { TrainerOptions } from "../command-line/trainer-options.ts"
import { chooseRecipe } from "../setup/choose-recipe.ts"
import { INTERRUPTED, Interruption } from "../setup/interruption.ts"
import { openDatasets } from "../setup/open-datasets.ts"
import { openTrainingModel } from "../setup/open-training-model.ts"
import { memoryLines } from "../view/memory-lines.ts"
import { SkippedSamples } from "../view/skipped-samples.ts"

/**
 * Prepares every sample as training would, and prints what would be learned and, if all can be used, what memory that
 * takes; nothing is computed. The exit code is 1 where a sample cannot be used.
 */
export async function dryRun(options: TrainerOptions): Promise<number> {
  const recipe = await chooseRecipe(options)
  const { dataset } = await openDatasets(options, true)
  await using gpu = await openDevice()
  await using model = await openTrainingModel(options, recipe, planningDevice(gpu))
  using interruption = new Interruption(() => undefined)
  const { signal } = interruption
  try {
    const check = await checkDataset({ model, dataset, recipe, signal })
    const bad = new SkippedSamples()
    for (const { index, error } of check.problems) bad.add(index, error)
    const lines = [...describe(check, recipe, dataset.length), ...bad.lines()]
    if (bad.size === 0) lines.push(...memoryLines(await measureMemory({ model, dataset, recipe }), recipe))
    process.stdout.write(`${lines.join("\n")}\n`)
    return bad.size > 0 && !recipe.skipBad ? 1 : 0
  } catch (error) {
    if (signal.aborted) return INTERRUPTED
    throw error
  }
}

function describe(check: DatasetCheck, recipe: Recipe, samples: number): string[] {
  const number = (value: number) => value.toLocaleString("en")
  return [
    `samples          ${number(check.samples)}, with ${number(check.images)} images`,
    `tokens           ${number(check.tokens)} in all, ${number(check.longest)} in the longest sample`,
    `learned tokens   ${number(check.learnedTokens)}`,
    `cut              ${number(check.cut.length)} samples, at ${number(check.limit)} tokens`,
    `steps            ${number(totalSteps(recipe, samples))} of ${number(recipe.batchSize)} samples`,
    ...check.examples.map(
      ({ id, learned }) => `sample ${id} learns ${learned.map((text) => JSON.stringify(text)).join(", ")}`,
    ),
  ]
}
