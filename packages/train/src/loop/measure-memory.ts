import type { Llava } from "@llava/model"
import { bytesPerElement, elementCount } from "@llava/tensor"
import { prepareSample } from "../data/prepare-sample.ts"
import type { TrainingDataset } from "../data/training-dataset.ts"
import { languageModelObjective } from "../objective/language-model-objective.ts"
import { recipeOptimizer } from "../optimizer/recipe-optimizer.ts"
import { trainedTemplate } from "../output/trained-template.ts"
import { prepareTrained } from "../recipe/prepare-trained.ts"
import type { Recipe } from "../recipe/recipe-schema.ts"
import { runStep } from "./run-step.ts"

/** GPU memory of a run, in bytes. */
export interface MemoryNeed {
  /** Numbers that are trained. */
  readonly trainedParameters: number
  readonly weightBytes: number
  /** Gradients, and what the optimizer keeps of each parameter. */
  readonly trainingBytes: number
  /** Most that was allocated at once, in a step over the longest samples. */
  readonly peakBytes: number
}

/**
 * Measures what a run needs: one step over the longest samples of the data that fit a micro-batch, at a learning rate of
 * zero. With a model on a `planningDevice` it is planned instead, which takes no time and no GPU memory. Errors: those of `train`, and of a GPU that has not so much memory.
 */
export async function measureMemory({
  model,
  dataset,
  recipe,
}: {
  model: Llava
  dataset: TrainingDataset
  recipe: Recipe
}): Promise<MemoryNeed> {
  const { device } = model
  const objective = languageModelObjective(model, recipe)
  const trained = prepareTrained(model, recipe)
  const weightBytes = device.memory.liveBytes
  using optimizer = recipeOptimizer(recipe, trained)
  const template = trainedTemplate(model, recipe)
  const longest = longestSamples(dataset, recipe.microBatchSize ?? recipe.batchSize, model.tokensPerImage)
  const samples = await Promise.all(
    longest.map(async (index) => prepareSample(await dataset.sample(index), { model, template, dataset, recipe })),
  )
  await runStep({ objective, batches: [samples], trained, optimizer, recipe, learningRate: 0 })
  const trainedParameters = trained.reduce((sum, [, { trainedShape }]) => sum + elementCount(trainedShape), 0)
  const optimizerBytes = [...optimizer.namedState()].reduce(
    (sum, [, { shape, dtype }]) => sum + elementCount(shape) * bytesPerElement[dtype],
    0,
  )
  return {
    trainedParameters,
    weightBytes,
    trainingBytes: 4 * trainedParameters + optimizerBytes,
    peakBytes: device.memory.peakBytes,
  }
}

function longestSamples(dataset: TrainingDataset, count: number, tokensPerImage: number): number[] {
  const length = (index: number) => {
    const hint = dataset.sizeHint(index)
    return Math.abs(hint) + (hint < 0 ? 0 : tokensPerImage)
  }
  const all = Array.from({ length: dataset.length }, (_, index) => index)
  return all.sort((a, b) => length(b) - length(a) || a - b).slice(0, count)
}
