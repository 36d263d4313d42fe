import { parseRecipe } from "../parse-recipe.ts"
import type { Recipe, RecipeInput } from "../recipe-schema.ts"

/** Stage 1 of LLaVA 1.0 (July 2023, `scripts/pretrain.sh`): a linear projector from captions in the plain template. */
export function stage1V1(changes: Partial<RecipeInput> = {}): Recipe {
  return parseRecipe({
    name: "stage1-v1",
    train: ["projector"],
    template: "plain",
    imageAspectRatio: "square",
    epochs: 1,
    batchSize: 128,
    maxLength: 2048,
    learningRate: 2e-3,
    optimizer: { kind: "adamw", betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0 },
    schedule: { kind: "cosine", warmupRatio: 0.03, minimum: 0 },
    clipNorm: 1,
    grouping: "none",
    seed: 42,
    ...changes,
  })
}
