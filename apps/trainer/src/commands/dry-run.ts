import { prepareSample, totalSteps, trainedTemplate } from "@llava/train"
import type { TrainerOptions } from "../command-line/trainer-options.ts"
import { chooseRecipe } from "../setup/choose-recipe.ts"
import { INTERRUPTED, Interruption } from "../setup/interruption.ts"
import { openDatasets } from "../setup/open-datasets.ts"
import { openTrainingModel } from "../setup/open-training-model.ts"
import { SkippedSamples } from "../view/skipped-samples.ts"
import { SampleCounts } from "./sample-counts.ts"

/** Prepares every sample as training would, and prints what would be learned; the exit code is 1 where one cannot be used. */
export async function dryRun(options: TrainerOptions): Promise<number> {
  const recipe = await chooseRecipe(options)
  const { dataset } = await openDatasets(options)
  await using model = await openTrainingModel(options, recipe)
  using interruption = new Interruption(() => undefined)
  const template = trainedTemplate(model, recipe)
  const { maxPositions } = model.languageModel
  const limit = Math.min(recipe.maxLength ?? maxPositions, model.options.maxLength ?? maxPositions, maxPositions)
  const counts = new SampleCounts(model.tokensPerImage, limit)
  const bad = new SkippedSamples()
  for (let index = 0; index < dataset.length; index++) {
    if (interruption.signal.aborted) return INTERRUPTED
    try {
      const sample = await dataset.sample(index)
      counts.add(await prepareSample(sample, { model, template, dataset, recipe }))
    } catch (error) {
      if (!(error instanceof Error)) throw error
      bad.add(index, error)
    }
  }
  const steps = totalSteps(recipe, dataset.length)
  const lines = [...counts.lines(), `steps            ${steps} of ${recipe.batchSize} samples`, ...bad.lines()]
  process.stdout.write(`${lines.join("\n")}\n`)
  return bad.size > 0 && !recipe.skipBad ? 1 : 0
}
