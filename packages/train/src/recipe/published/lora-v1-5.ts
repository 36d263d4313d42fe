import { parseRecipe } from "../parse-recipe.ts"
import type { Recipe, RecipeInput } from "../recipe-schema.ts"

/**
 * Stage 2 of LLaVA 1.5 with LoRA (`scripts/v1_5/finetune_lora.sh`): adapters on every linear layer of the language
 * model, and the projector at a tenth of their learning rate.
 */
export function loraV15(changes: Partial<RecipeInput> = {}): Recipe {
  return parseRecipe({
    name: "stage2-v1.5-lora",
    train: ["projector"],
    lora: {
      rank: 128,
      alpha: 256,
      dropout: 0.05,
      targets: ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
    },
    template: "v1",
    imageAspectRatio: "pad",
    epochs: 1,
    batchSize: 128,
    maxLength: 2048,
    learningRate: 2e-4,
    learningRates: [{ match: "projector", learningRate: 2e-5 }],
    optimizer: { kind: "adamw", betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0 },
    schedule: { kind: "cosine", warmupRatio: 0.03, minimum: 0 },
    clipNorm: 1,
    grouping: "modality-length",
    seed: 42,
    ...changes,
  })
}
