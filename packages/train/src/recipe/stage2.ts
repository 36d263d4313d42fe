import { parseRecipe } from "./parse-recipe.ts"
import type { Recipe, RecipeInput } from "./recipe-schema.ts"

/**
 * End-to-end tuning: projector and language model learn, from conversations (Liu et al. 2023). Every number of LLaVA
 * 1.5's `scripts/v1_5/finetune.sh`.
 */
export function stage2(changes: Partial<RecipeInput> = {}): Recipe {
  return parseRecipe({
    name: "stage2",
    train: ["projector", "language_model"],
    template: "v1",
    imageAspectRatio: "pad",
    epochs: 1,
    batchSize: 128,
    maxLength: 2048,
    learningRate: 2e-5,
    optimizer: { kind: "adamw", weightDecay: 0 },
    schedule: { kind: "cosine", warmupRatio: 0.03 },
    clipNorm: 1,
    grouping: "modality-length",
    ...changes,
  })
}
