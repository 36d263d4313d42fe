import { describe, expect, it } from "vitest"
import { parseRecipe } from "./parse-recipe.ts"
import { publishedRecipes } from "./published-recipes.ts"

const aroundImages = { match: "embed_tokens", tokens: ["<im_start>", "<im_end>"], optional: true }

// The table of the published scripts: batch of all GPUs together, rate, epochs, what is trained, template.
const published = [
  ["stage1-v0", 128, 2e-3, 1, ["projector", aroundImages], "v0"],
  ["stage2-v0", 32, 2e-5, 3, ["projector", "language_model"], "v0"],
  ["stage1-v1", 128, 2e-3, 1, ["projector"], "plain"],
  ["stage2-v1", 128, 2e-5, 1, ["projector", "language_model"], "v1"],
  ["stage1-v1.5", 256, 1e-3, 1, ["projector"], "plain"],
  ["stage2-v1.5", 128, 2e-5, 1, ["projector", "language_model"], "v1"],
  ["stage2-v1.5-lora", 128, 2e-4, 1, ["projector"], "v1"],
  ["scienceqa", 128, 2e-5, 12, ["projector", "language_model"], "v1"],
  ["scienceqa-v0", 32, 2e-5, 12, ["projector", "language_model"], "v0"],
] as const

describe("publishedRecipes", () => {
  it.each(published)("%s has the numbers of its script", (name, batchSize, learningRate, epochs, train, template) => {
    const recipe = publishedRecipes[name]!()
    expect(recipe).toMatchObject({ batchSize, learningRate, epochs, train, template })
    expect(recipe).toMatchObject({
      optimizer: { kind: "adamw", betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0 },
      schedule: { kind: "cosine", warmupRatio: 0.03, minimum: 0 },
      clipNorm: 1,
      maxLength: 2048,
      seed: 42,
    })
  })

  it("LoRA of 1.5 trains the projector at a tenth of the adapters' rate", () => {
    const recipe = publishedRecipes["stage2-v1.5-lora"]!()
    expect(recipe.lora).toMatchObject({ rank: 128, alpha: 256, dropout: 0.05 })
    expect(recipe.learningRates).toEqual([{ match: "projector", learningRate: 2e-5 }])
  })

  it("stays a recipe after it was written to a file", () => {
    for (const preset of Object.values(publishedRecipes)) {
      expect(parseRecipe(JSON.parse(JSON.stringify(preset())))).toEqual(preset())
    }
  })
})
