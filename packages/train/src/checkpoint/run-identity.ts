import type { Recipe } from "../recipe/recipe-schema.ts"

/** What makes a run this run: it is only resumed with the same. */
export interface RunIdentity {
  readonly recipe: Recipe
  /** Of the training data. */
  readonly data: string
  readonly versions: Readonly<Record<string, string>>
}
