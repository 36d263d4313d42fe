import { packageVersions } from "#platform/package-versions"
import type { Objective } from "../objective/objective.ts"
import { recipeOptimizer } from "../optimizer/recipe-optimizer.ts"
import { chooseTrained } from "../recipe/choose-trained.ts"
import type { Recipe } from "../recipe/recipe-schema.ts"
import { TrainError } from "../train-error.ts"
import { StepLoop } from "./step-loop.ts"
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
  const { objective, recipe, batch, data, output, restart, signal } = options
  const { steps } = recipe
  if (steps === undefined) throw stepsMissing()
  const trained = chooseTrained(objective, recipe.train)
  using optimizer = recipeOptimizer(recipe, trained)
  const identity = { recipe, data, versions: packageVersions() }
  await using loop = await StepLoop.open({ output, restart, identity, trained, optimizer })
  const make = async (step: number) => batch(step)
  let ahead: Promise<Batch> | undefined
  yield* loop.steps({
    ...{ objective, steps, signal },
    next: async (step) => {
      const current = await (ahead ?? make(step))
      return { batches: [current], epoch: step / steps, tokens: options.tokens?.(current) }
    },
    onRecorded: (step) => {
      ahead = step < steps ? make(step + 1) : undefined
      // It is awaited with the next step, or never: then its error does not matter.
      ahead?.catch(() => undefined)
    },
  })
}

function stepsMissing(): TrainError {
  return new TrainError("The recipe states no steps, and batches made as they are needed never end.", {
    code: "steps-missing",
    fix: "Set `steps` in the recipe.",
  })
}
