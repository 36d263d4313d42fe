import { expect, it, test } from "vitest"
import { setRecipeKeys } from "./set-recipe-keys.ts"
import { stage2 } from "./stage2.ts"

it("sets keys at any depth, with JSON values or text", () => {
  const recipe = stage2()
  const changed = setRecipeKeys(recipe, [
    "learningRate=1e-4",
    "schedule.kind=linear",
    "lora.rank=8",
    'train=["projector"]',
    "train.0=language_model",
    "name=a=b",
  ])
  expect(changed).toMatchObject({
    learningRate: 1e-4,
    schedule: { kind: "linear", warmupRatio: 0.03 },
    lora: { rank: 8 },
    train: ["language_model"],
    name: "a=b",
  })
  expect(recipe.learningRate).toBe(2e-5)
})

test.each(["learningRate", "=3", "learningRate.x=3", "__proto__.x=1"])("%s is refused", (setting) => {
  expect(() => setRecipeKeys(stage2(), [setting])).toThrow(expect.objectContaining({ code: "recipe-setting" }))
})
