import { LlavaError } from "@llava/core"
import { type Llava, ModelError, seedAdapters } from "@llava/model"
import { openImagePreparer } from "#platform/open-image-preparer"
import { packageVersions } from "#platform/package-versions"
import { modelOfRun } from "../checkpoint/model-of-run.ts"
import { FrozenFeatures } from "../data/frozen-features.ts"
import { type PrepareOptions, prepareSample } from "../data/prepare-sample.ts"
import type { PreparedSample } from "../data/prepared-sample.ts"
import { SampleStream } from "../data/sample-stream.ts"
import type { TrainingDataset } from "../data/training-dataset.ts"
import type { SampleAnswer } from "../metrics/answers-line.ts"
import { languageModelObjective } from "../objective/language-model-objective.ts"
import { recipeOptimizer } from "../optimizer/recipe-optimizer.ts"
import { saveResult } from "../output/save-result.ts"
import { trainedTemplate } from "../output/trained-template.ts"
import { prepareTrained } from "../recipe/prepare-trained.ts"
import type { Recipe } from "../recipe/recipe-schema.ts"
import { writeReport } from "../report/write-report.ts"
import { IntervalChecks } from "../validation/interval-checks.ts"
import { sampleAnswers } from "../validation/sample-answers.ts"
import { validationLoss } from "../validation/validation-loss.ts"
import { microBatches } from "./micro-batches.ts"
import { StepLoop } from "./step-loop.ts"
import { totalSteps } from "./total-steps.ts"
import type { TrainStep } from "./train-step.ts"

export interface TrainOptions {
  model: Llava
  dataset: TrainingDataset
  recipe: Recipe
  /** Its loss is computed every `validateEvery` steps; sample answers are about its first samples. */
  validation?: TrainingDataset | undefined
  /** Folder of checkpoints, records, the report and the trained model; without one nothing is kept. */
  output?: string
  /** Folder in which features of an encoder that is not trained are kept from epoch to epoch, and from run to run. */
  featureCache?: string | undefined
  /** Write events for TensorBoard too, in `OUTPUT/tensorboard`. */
  tensorboard?: boolean
  /** Discard what an earlier run left in the output folder. */
  restart?: boolean
  /** Stops after the step in progress, and saves. */
  signal?: AbortSignal
  /** Told of every sample that `skipBad` leaves out. */
  onSkipped?: (id: string | number, error: Error) => void
  /** Told of the loss over the validation data; before the step it belongs to is yielded. */
  onValidated?: (validation: { step: number; loss: number }) => void
  /** Told what the model answers, every `generateEvery` steps. */
  onAnswered?: (answers: { step: number; answers: readonly SampleAnswer[] }) => void
}

/**
 * Trains what the recipe names, step by step; the weights of `model` change in place. A run with an output folder that
 * was stopped, however, goes on from its last checkpoint and does what it would have done. With its last step, or once
 * the recipe's patience is used up, it leaves `OUTPUT/model`.
 *
 * Errors: TrainError "loss-not-finite" (with a checkpoint of the weights before), "other-run", "output-in-use" by another
 * process, "nothing-matches", "encoder-trained"; those of samples unless the recipe says `skipBad`; "disk-full", after which
 * the last checkpoint stands; DeviceLostError, after which a model on a new device goes on from it.
 */
export async function* train(options: TrainOptions): AsyncGenerator<TrainStep, void> {
  const { model, dataset, validation, recipe, output, featureCache, restart = false, tensorboard, signal } = options
  if (output !== undefined && !model.options.source) throw sourceMissing()
  const identity = {
    ...{ recipe, data: dataset.fingerprint, versions: packageVersions() },
    ...(output !== undefined && { model: await modelOfRun(model, output, restart) }),
  }
  const objective = languageModelObjective(model, { ...recipe, encoded: featureCache !== undefined })
  const trained = prepareTrained(model, recipe)
  using optimizer = recipeOptimizer(recipe, trained)
  const steps = totalSteps(recipe, dataset.length)
  await using loop = await StepLoop.open({ output, restart, tensorboard, identity, trained, optimizer })
  const template = trainedTemplate(model, recipe)
  await using pixels = openImagePreparer()
  const imageAspectRatio = recipe.imageAspectRatio ?? model.options.imageAspectRatio ?? "square"
  const images =
    featureCache === undefined
      ? pixels
      : await FrozenFeatures.open({ model, folder: featureCache, imageAspectRatio, pixels })
  const prepareFrom = (from: TrainingDataset) => (index: number) =>
    prepareOne(index, { ...options, dataset: from, template, images })
  const batchSize = recipe.microBatchSize ?? recipe.batchSize
  const checks = new IntervalChecks({
    ...{ recipe, records: loop.records, onValidated: options.onValidated, onAnswered: options.onAnswered },
    answer: () => sampleAnswers({ model, dataset: validation ?? dataset, recipe, signal }),
    validate:
      validation &&
      (() => {
        const prepare = prepareFrom(validation)
        return validationLoss({ objective, length: validation.length, prepare, batchSize, signal })
      }),
  })
  await checks.run(loop.done, steps)
  const stream = new SampleStream({ dataset, recipe, firstStep: loop.done, steps, prepare: prepareFrom(dataset) })
  yield* loop.steps({
    ...{ objective, steps, checks, signal },
    next: async (step) => {
      const { samples, epoch } = await stream.next()
      return {
        ...{ samples, epoch, batches: microBatches(samples, batchSize) },
        onBatch: (microBatch) => recipe.lora && seedAdapters(model, { seed: recipe.seed, step, microBatch }),
        tokens: samples.reduce(
          (sum, { ids, images }) => sum + ids.length + images.length * (model.tokensPerImage - 1),
          0,
        ),
      }
    },
  })
  if (output === undefined) return
  if (!signal?.aborted) await saveResult(output, model, recipe, trained)
  await writeReport(output)
}

async function prepareOne(index: number, options: TrainOptions & PrepareOptions): Promise<PreparedSample | undefined> {
  const { dataset, recipe, onSkipped } = options
  let id: string | number = index
  try {
    const sample = await dataset.sample(index)
    id = sample.id
    return await prepareSample(sample, options)
  } catch (error) {
    if (!recipe.skipBad || !LlavaError.isInstance(error) || error.code === "preparer-closed") throw error
    onSkipped?.(id, error)
    return undefined
  }
}

function sourceMissing(): ModelError {
  return new ModelError("This model does not know where its parts came from, and could not be saved when trained.", {
    code: "source-missing",
    fix: "Pass `source`, with the config of each part, to composeLlava.",
  })
}
