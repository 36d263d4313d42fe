import { matchPattern } from "@llava/model"
import { AdamW, Muon, type Optimizer, type Parameter, type ParameterGroup, Sgd } from "@llava/tensor"
import type { Recipe } from "../recipe/recipe-schema.ts"
import { CombinedOptimizer } from "./combined-optimizer.ts"

type Named = readonly [path: string, parameter: Parameter]

/**
 * The optimizer of a recipe over the trained parameters. Biases, norms and what `withoutDecay` names have no decay. With
 * "muon", matrices of blocks are orthogonalised, everything else (embeddings, head, projections of pixels, norms) goes
 * by AdamW.
 */
export function recipeOptimizer(recipe: Recipe, parameters: readonly Named[]): Optimizer {
  const { kind, betas, epsilon, momentum, state } = recipe.optimizer
  const groups = (named: readonly Named[]) => parameterGroups(recipe, named)
  if (kind === "sgd") return new Sgd(groups(parameters), { momentum: momentum ?? 0 })
  if (kind === "adamw") return new AdamW(groups(parameters), { betas, epsilon, state })
  return new CombinedOptimizer([
    new Muon(
      faster(groups(parameters.filter(isBlockMatrix)), recipe.optimizer.matrixRate),
      momentum === undefined ? {} : { momentum },
    ),
    new AdamW(groups(parameters.filter((named) => !isBlockMatrix(named))), { betas, epsilon, state }),
  ])
}

function faster(groups: readonly ParameterGroup[], factor: number): ParameterGroup[] {
  return groups.map((group) => ({ ...group, learningRateFactor: (group.learningRateFactor ?? 1) * factor }))
}

/** A matrix inside a numbered block, of a projector or a projection: not a table of embeddings, nor the head. */
function isBlockMatrix([path, { shape }]: Named): boolean {
  return shape.length === 2 && /\.\d+\.|^projector\.|_projection\./.test(path)
}

function parameterGroups(
  { learningRate, learningRates, optimizer }: Recipe,
  named: readonly Named[],
): ParameterGroup[] {
  return named.map(([path, parameter]) => {
    const undecayed =
      parameter.shape.length < 2 || optimizer.withoutDecay.some((pattern) => matchPattern(pattern, path))
    const own = learningRates.findLast(({ match }) => matchPattern(match, path))?.learningRate
    return {
      parameters: [[path, parameter]],
      weightDecay: undecayed ? 0 : optimizer.weightDecay,
      learningRateFactor: own === undefined ? 1 : own / learningRate,
    }
  })
}
