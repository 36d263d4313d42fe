import type { Recipe } from "../recipe/recipe-schema.ts"

/** Steps of a run over so many samples: the recipe's, or those of its epochs. */
export function totalSteps({ steps, epochs, batchSize }: Recipe, samples: number): number {
  return steps ?? Math.max(1, Math.round((epochs * samples) / batchSize))
}
