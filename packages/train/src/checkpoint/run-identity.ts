import type { Recipe } from "../recipe/recipe-schema.ts"
import type { ModelIdentity } from "./model-identity.ts"

/** What makes a run this run: it is only resumed with the same. */
export interface RunIdentity {
  readonly recipe: Recipe
  /** Of the training data. */
  readonly data: string
  /** What it began with; absent where the objective's model is not ours to know. */
  readonly model?: ModelIdentity
  readonly versions: Readonly<Record<string, string>>
}
