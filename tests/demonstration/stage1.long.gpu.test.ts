import { fileURLToPath } from "node:url"
import { composeModel } from "@llava/hub"
import { readDataset, train } from "@llava/train"
import { expect, it } from "vitest"
import { testDevice, withReference } from "#testing"
import { batchesOf } from "./batches-of.ts"
import { readLosses } from "./losses.ts"
import { demonstrationRecipe } from "./recipe.ts"

const STEPS = 50
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

it("the first 50 losses of stage 1 on photographs are PyTorch's", { timeout: 60 * 60_000 }, async (context) => {
  const languageModel = withReference(context, "models", "smollm2-135m-instruct")
  const data = withReference(context, "data", "llava-pretrain-2k")
  await using model = await composeModel({
    ...{ encoder: path("encoder.json"), languageModel, seed: demonstrationRecipe.seed },
    ...{ dtype: "unquantised", device: await testDevice() },
  })
  const dataset = await readDataset(`${data}/blip_laion_cc_sbu_2k.json`, { images: `${data}/images` })
  expect((await batchesOf(dataset, demonstrationRecipe)).flat()).toHaveLength(800)
  const { losses } = readLosses(path("losses/pytorch.json"))
  const controller = new AbortController()
  const run = train({ model, dataset, recipe: demonstrationRecipe, signal: controller.signal })
  for await (const { step, loss } of run) {
    expect(Math.abs(loss - losses[step - 1]!), `step ${step}`).toBeLessThan(1e-3)
    if (step === STEPS) controller.abort()
  }
})
