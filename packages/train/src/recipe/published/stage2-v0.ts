import { parseRecipe } from "../parse-recipe.ts"
import type { Recipe, RecipeInput } from "../recipe-schema.ts"

/** Stage 2 of the first LLaVA (April 2023): projector and language model, three epochs over LLaVA-Instruct-158K. */
export function stage2V0(changes: Partial<RecipeInput> = {}): Recipe {
  return parseRecipe({
    name: "stage2-v0",
    train: ["projector", "language_model"],
    template: "v0",
    imageAspectRatio: "square",
    epochs: 3,
    batchSize: 32,
    maxLength: 2048,
    learningRate: 2e-5,
    optimizer: { kind: "adamw", betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0 },
    schedule: { kind: "cosine", warmupRatio: 0.03, minimum: 0 },
    clipNorm: 1,
    grouping: "none",
    seed: 42,
    ...changes,
  })
}
