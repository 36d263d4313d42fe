import { matchPattern } from "@llava/model"
import { learningRateFactor, type Parameter } from "@llava/tensor"
import { packageVersions } from "#platform/package-versions"
import { lockRun } from "#platform/run-lock"
import { restoreCheckpoint } from "../checkpoint/restore-checkpoint.ts"
import { saveCheckpoint } from "../checkpoint/save-checkpoint.ts"
import { openRecords } from "../metrics/open-records.ts"
import type { Objective } from "../objective/objective.ts"
import { recipeOptimizer } from "../optimizer/recipe-optimizer.ts"
import type { Recipe } from "../recipe/recipe-schema.ts"
import { TrainError } from "../train-error.ts"
import { openRun } from "./open-run.ts"
import { runStep } from "./run-step.ts"
import type { TrainStep } from "./train-step.ts"

export interface TrainObjectiveOptions<Batch> {
  objective: Objective<Batch>
  /** `steps` must be stated. Of what concerns data, nothing is used. */
  recipe: Recipe
  /** What a step, counted from 1, learns from: the same for the same step, so that a run can be taken up anywhere. */
  batch: (step: number) => Batch | Promise<Batch>
  /** Changes when the batches do. */
  data: string
  /** Tokens of a batch, for the records; its terms unless given. */
  tokens?: (batch: Batch) => number
  /** Folder of checkpoints and records; without one nothing is kept. */
  output?: string
  /** Discard what an earlier run left in the output folder. */
  restart?: boolean
  /** Stops after the step in progress, and saves. */
  signal?: AbortSignal
}

/**
 * Trains whatever an objective is about, on batches made as they are needed: the loop below `train`, for models that are
 * no LLaVA and data that is in no file. The weights change in place. A run with an output folder that was stopped goes on
 * from its last checkpoint; a run that is finished yields nothing and leaves its weights. Each batch is made while the GPU
 * is at work on the one before it.
 *
 * Errors: TrainError "loss-not-finite" (with a checkpoint of the weights before), "other-run", "output-in-use",
 * "nothing-matches", "steps-missing".
 */
export async function* trainObjective<Batch>(options: TrainObjectiveOptions<Batch>): AsyncGenerator<TrainStep, void> {
  const { objective, recipe, batch, data, output, restart = false, signal } = options
  const { device } = objective
  const { steps } = recipe
  if (steps === undefined) throw stepsMissing()
  const trained = chooseByPattern(objective, recipe.train)
  using optimizer = recipeOptimizer(recipe, trained)
  const identity = { recipe, data, versions: packageVersions() }
  await using _ = output === undefined ? undefined : await lockRun(output)
  const done = output === undefined ? 0 : await openRun(output, identity, restart)
  if (output !== undefined && done > 0) await restoreCheckpoint(output, done, { trained, optimizer })
  const save = async (step: number) => {
    if (output !== undefined)
      await saveCheckpoint(output, { step, trained, optimizer, identity }, recipe.keepCheckpoints)
  }
  const { metrics } = await openRecords(output, done)
  const { warmupSteps = Math.ceil(recipe.schedule.warmupRatio * steps), kind, minimum } = recipe.schedule
  let ahead: Batch | Promise<Batch> | undefined
  for (let step = done + 1; step <= steps && !signal?.aborted; step++) {
    const started = performance.now()
    const current = await (ahead ?? batch(step))
    const learningRate = recipe.learningRate * learningRateFactor(step - 1, { kind, warmupSteps, steps, minimum })
    const running = runStep({ objective, batches: [current], trained, optimizer, recipe, learningRate })
    ahead = step < steps ? batch(step + 1) : undefined
    const { loss, gradientNorm, learnedTokens } = await running
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
      await save(step - 1)
      throw notFinite(step, loss)
    }
    const tokens = options.tokens?.(current) ?? learnedTokens
    const tokensPerSecond = (tokens / (performance.now() - started)) * 1000
    const speed = { tokens, learnedTokens, tokensPerSecond, gpuBytes: device.memory.liveBytes }
    // Before the checkpoint: whoever goes on from that finds the line of every step before it.
    await metrics.append({ step, loss, lr: learningRate, gradNorm: gradientNorm, ...speed })
    const isSaved = step % recipe.checkpointEvery === 0 || step === steps || signal?.aborted === true
    if (isSaved) await save(step)
    yield { step, steps, epoch: step / steps, loss, learningRate, gradientNorm, ...speed }
    // Told to stop by whoever reads the steps.
    if (signal?.aborted && !isSaved) await save(step)
  }
}

function chooseByPattern<Batch>(
  objective: Objective<Batch>,
  patterns: Recipe["train"],
): (readonly [path: string, parameter: Parameter])[] {
  const all = [...objective.namedParameters()]
  const isChosen = (path: string) => patterns.some((entry) => typeof entry === "string" && matchPattern(entry, path))
  for (const pattern of patterns) {
    if (typeof pattern === "string" && all.some(([path]) => matchPattern(pattern, path))) continue
    throw new TrainError(`The recipe trains ${JSON.stringify(pattern)}, which is no parameter of the objective.`, {
      code: "nothing-matches",
      fix: `There are, for example: ${all
        .slice(0, 6)
        .map(([path]) => path)
        .join(", ")}.`,
    })
  }
  for (const [path, parameter] of all) parameter.trainable = isChosen(path)
  return all.filter(([path]) => isChosen(path))
}

function stepsMissing(): TrainError {
  return new TrainError("The recipe states no steps, and batches made as they are needed never end.", {
    code: "steps-missing",
    fix: "Set `steps` in the recipe.",
  })
}

function notFinite(step: number, loss: number): TrainError {
  return new TrainError(`Step ${step}: the loss is ${loss}, or its gradient is not finite.`, {
    code: "loss-not-finite",
    fix: "The weights before it are saved. Lower the learning rate.",
  })
}
