import { parseRecipe } from "../parse-recipe.ts"
import type { Recipe, RecipeInput } from "../recipe-schema.ts"

/**
 * Stage 2 of LLaVA 1.0 (July 2023, `scripts/finetune.sh`): projector and language model, one epoch over 80K
 * conversations; three over 158K in the full schedule.
 */
export function stage2V1(changes: Partial<RecipeInput> = {}): Recipe {
  return parseRecipe({
    name: "stage2-v1",
    train: ["projector", "language_model"],
    template: "v1",
    imageAspectRatio: "square",
    epochs: 1,
    batchSize: 128,
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
