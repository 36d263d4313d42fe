import { findTemplate, type Template } from "@llava/core"
import type { Llava } from "@llava/model"
import { learningRateFactor } from "@llava/tensor"
import { restoreCheckpoint } from "../checkpoint/restore-checkpoint.ts"
import { saveCheckpoint } from "../checkpoint/save-checkpoint.ts"
import { prepareSample } from "../data/prepare-sample.ts"
import type { PreparedSample } from "../data/prepared-sample.ts"
import { SampleStream } from "../data/sample-stream.ts"
import type { TrainingDataset } from "../data/training-dataset.ts"
import { languageModelObjective } from "../objective/language-model-objective.ts"
import { recipeOptimizer } from "../optimizer/recipe-optimizer.ts"
import { chooseTrained } from "../recipe/choose-trained.ts"
import type { Recipe } from "../recipe/recipe-schema.ts"
import { TrainError } from "../train-error.ts"
import { microBatches } from "./micro-batches.ts"
import { openRun } from "./open-run.ts"
import { runStep } from "./run-step.ts"
import type { TrainStep } from "./train-step.ts"

export interface TrainOptions {
  model: Llava
  dataset: TrainingDataset
  recipe: Recipe
  /** Folder of checkpoints; without one nothing is kept. */
  output?: string
  /** Discard what an earlier run left in the output folder. */
  restart?: boolean
  /** Stops after the step in progress, and saves. */
  signal?: AbortSignal
  /** Told of every sample that `skipBad` leaves out. */
  onSkipped?: (id: string | number, error: Error) => void
}

/**
 * Trains what the recipe names, step by step; the weights of `model` change in place. A run with an output folder that
 * was stopped, however, goes on from its last checkpoint and does what it would have done.
 *
 * Errors: TrainError "loss-not-finite" (with a checkpoint of the weights before), "other-run", "nothing-matches";
 * those of samples unless the recipe says `skipBad`.
 */
export async function* train(options: TrainOptions): AsyncGenerator<TrainStep, void> {
  const { model, dataset, recipe, output, restart = false, signal } = options
  const { device } = model
  const objective = languageModelObjective(model, { maxLength: recipe.maxLength, recompute: recipe.recompute })
  const trained = chooseTrained(objective.namedParameters(), recipe.train)
  using optimizer = recipeOptimizer(recipe, trained)
  const identity = { recipe, data: dataset.fingerprint, versions: {} }
  const steps = recipe.steps ?? Math.max(1, Math.round((recipe.epochs * dataset.length) / recipe.batchSize))
  const done = output === undefined ? 0 : await openRun(output, identity, restart)
  if (output !== undefined && done > 0) await restoreCheckpoint(output, done, { trained, optimizer })
  const save = async (step: number) => {
    if (output !== undefined)
      await saveCheckpoint(output, { step, trained, optimizer, identity }, recipe.keepCheckpoints)
  }
  const template: Template = recipe.template === undefined ? model.template : findTemplate(recipe.template)
  const prepare = (index: number) => prepareOne(index, template, options)
  const stream = new SampleStream({ dataset, recipe, firstStep: done, prepare })
  const { warmupSteps = Math.ceil(recipe.schedule.warmupRatio * steps), kind, minimum } = recipe.schedule
  let saved = done
  for (let step = done + 1; step <= steps; step++) {
    const started = performance.now()
    const { samples, epoch } = await stream.next()
    const factor = learningRateFactor(step - 1, { kind, warmupSteps, steps, minimum })
    const learningRate = recipe.learningRate * factor
    const batches = microBatches(samples, recipe.microBatchSize ?? recipe.batchSize)
    const outcome = await runStep({ objective, batches, trained, optimizer, recipe, learningRate })
    if (!Number.isFinite(outcome.loss) || !Number.isFinite(outcome.gradientNorm)) {
      await save(step - 1)
      throw notFinite(step, samples, outcome.loss)
    }
    const seconds = (performance.now() - started) / 1000
    const tokens = samples.reduce(
      (sum, { ids, images }) => sum + ids.length + images.length * (model.tokensPerImage - 1),
      0,
    )
    if (step % recipe.checkpointEvery === 0 || step === steps || signal?.aborted) {
      await save(step)
      saved = step
    }
    yield {
      step,
      steps,
      epoch,
      loss: outcome.loss,
      learningRate,
      gradientNorm: outcome.gradientNorm,
      tokens,
      learnedTokens: outcome.learnedTokens,
      tokensPerSecond: tokens / seconds,
      gpuBytes: device.memory.liveBytes,
    }
    if (signal?.aborted) {
      if (saved < step) await save(step)
      return
    }
  }
}

async function prepareOne(
  index: number,
  template: Template,
  options: TrainOptions,
): Promise<PreparedSample | undefined> {
  const { model, dataset, recipe, onSkipped } = options
  const sample = await dataset.sample(index)
  try {
    return await prepareSample(sample, { model, template, dataset, recipe })
  } catch (error) {
    if (!recipe.skipBad || !(error instanceof Error)) throw error
    onSkipped?.(sample.id, error)
    return undefined
  }
}

function notFinite(step: number, samples: readonly PreparedSample[], loss: number): TrainError {
  const ids = samples.map(({ id }) => id).join(", ")
  return new TrainError(`Step ${step}: the loss is ${loss}, or its gradient is not finite; samples ${ids}.`, {
    code: "loss-not-finite",
    fix: "The weights before it are saved. Lower the learning rate, or look at these samples.",
  })
}
