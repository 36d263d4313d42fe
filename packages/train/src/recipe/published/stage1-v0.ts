import { parseRecipe } from "../parse-recipe.ts"
import type { Recipe, RecipeInput } from "../recipe-schema.ts"

/**
 * Stage 1 of the first LLaVA (April 2023): a linear projector learns from 595K captions of CC3M, each asked for with an
 * instruction in the whole conversation template. With it learn the embeddings of `<im_start>` and `<im_end>`, and none
 * of other words; a model without these tokens has the projector alone to train.
 */
export function stage1V0(changes: Partial<RecipeInput> = {}): Recipe {
  return parseRecipe({
    name: "stage1-v0",
    train: ["projector", { match: "embed_tokens", tokens: ["<im_start>", "<im_end>"], optional: true }],
    template: "v0",
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
