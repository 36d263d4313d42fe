import { parseRecipe } from "../parse-recipe.ts"
import type { Recipe, RecipeInput } from "../recipe-schema.ts"

/**
 * ScienceQA as the first LLaVA learned it (April 2023): twelve epochs over `llava_train_QCM-LEPA.json`, from a projector
 * that was aligned without `<im_start>` and `<im_end>`, each image at the end of its question.
 */
export function scienceQaV0(changes: Partial<RecipeInput> = {}): Recipe {
  return parseRecipe({
    name: "scienceqa-v0",
    train: ["projector", "language_model"],
    template: "v0",
    imagePlacement: "in-place",
    imageAspectRatio: "square",
    epochs: 12,
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
