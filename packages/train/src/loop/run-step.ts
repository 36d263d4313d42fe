import { clipGradients, type Optimizer, type Parameter } from "@llava/tensor"
import type { Objective } from "../objective/objective.ts"
import type { Recipe } from "../recipe/recipe-schema.ts"
import { accumulateGradients } from "./accumulate-gradients.ts"
import { readLosses } from "./read-losses.ts"
import { roundedProducts } from "./rounded-products.ts"

export interface StepInput<Batch> {
  objective: Objective<Batch>
  batches: readonly Batch[]
  /** Called before each of them. */
  onBatch?: (index: number) => void
  trained: readonly (readonly [path: string, parameter: Parameter])[]
  optimizer: Optimizer
  recipe: Pick<Recipe, "lossWeighting" | "clipNorm" | "precision">
  learningRate: number
}

export interface StepOutcome {
  loss: number
  gradientNorm: number
  learnedTokens: number
}

/**
 * Forward, backward, clip, update. A loss or gradient that is not finite is returned without updating anything, so that
 * the weights before it are still there to be saved.
 */
export async function runStep<Batch>(input: StepInput<Batch>): Promise<StepOutcome> {
  const { objective, batches, onBatch, trained, optimizer, recipe, learningRate } = input
  using _ = recipe.precision === "mixed" ? roundedProducts(trained) : undefined
  const accumulated = accumulateGradients(objective, batches, recipe.lossWeighting, onBatch)
  const clipped = clipGradients(
    trained.map(([, parameter]) => parameter),
    { ...(recipe.clipNorm !== null && { maxNorm: recipe.clipNorm }) },
  )
  const loss = await readLosses(accumulated, recipe.lossWeighting)
  using norm = clipped?.norm
  using factor = clipped?.factor
  const gradientNorm = norm ? (await norm.read())[0]! : 0
  if (factor && Number.isFinite(loss) && Number.isFinite(gradientNorm)) {
    optimizer.step({ learningRate, gradientFactor: factor })
  }
  optimizer.clearGradients()
  return { loss, gradientNorm, learnedTokens: accumulated.terms }
}
