import { parseRecipe } from "./parse-recipe.ts"
import type { Recipe, RecipeInput } from "./recipe-schema.ts"

/**
 * Feature alignment: only the projector learns, from captions (Liu et al. 2023). Every number of LLaVA 1.5's
 * `scripts/v1_5/pretrain.sh`.
 */
export function stage1(changes: Partial<RecipeInput> = {}): Recipe {
  return parseRecipe({
    name: "stage1",
    train: ["projector"],
    template: "plain",
    imageAspectRatio: "square",
    epochs: 1,
    batchSize: 256,
    maxLength: 2048,
    learningRate: 1e-3,
    optimizer: { kind: "adamw", weightDecay: 0 },
    schedule: { kind: "cosine", warmupRatio: 0.03 },
    clipNorm: 1,
    ...changes,
  })
}
