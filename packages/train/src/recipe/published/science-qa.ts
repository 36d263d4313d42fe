import { parseRecipe } from "../parse-recipe.ts"
import type { Recipe, RecipeInput } from "../recipe-schema.ts"

/**
 * ScienceQA as LLaVA learned it on Vicuna v1.3 (`scripts/finetune_sqa.sh`): twelve epochs over `llava_train_QCM-LEA.json`,
 * from a linear projector aligned on LCS-558K. The script leaves the template to its caller; `v1` is Vicuna's.
 */
export function scienceQa(changes: Partial<RecipeInput> = {}): Recipe {
  return parseRecipe({
    name: "scienceqa",
    train: ["projector", "language_model"],
    template: "v1",
    imagePlacement: "front",
    imageAspectRatio: "square",
    epochs: 12,
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
