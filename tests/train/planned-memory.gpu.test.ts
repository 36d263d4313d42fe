import { type Device, openDevice, planningDevice } from "@llava/tensor"
import { measureMemory, type RecipeInput, stage1, stage2 } from "@llava/train"
import { describe, expect, it } from "vitest"
import { drawnDataset } from "./drawn-dataset.ts"
import { smallLlava } from "./small-llava.ts"

const dataset = drawnDataset(23)

async function need(device: Device, recipe: Parameters<typeof measureMemory>[0]["recipe"]) {
  await using model = await smallLlava(device)
  return await measureMemory({ model, dataset, recipe })
}

describe("memory planned without a GPU", () => {
  const changes: Record<string, ReturnType<typeof stage1>> = {
    "the projector": stage1({ template: "plain", batchSize: 4 }),
    "all of it": stage2({ template: "plain", batchSize: 8, microBatchSize: 4, train: ["*"] }),
    "all of it, blocks computed again": stage2({ template: "plain", batchSize: 8, recompute: true }),
    "with adapters and moments in 8 bits": stage2({
      ...{ template: "plain", batchSize: 3, train: ["projector"], lora: { rank: 4 } },
      optimizer: { state: "8bit" },
    } satisfies Partial<RecipeInput>),
    "with Muon, in mixed precision": stage2({
      ...{ template: "plain", batchSize: 4, optimizer: { kind: "muon" }, precision: "mixed" },
    } satisfies Partial<RecipeInput>),
  }

  it.each(Object.entries(changes))("is what training %s takes", async (_, recipe) => {
    await using device = await openDevice()
    const measured = await need(device, recipe)
    await using plan = planningDevice(device)
    const planned = await need(plan, recipe)
    expect(planned).toEqual(measured)
    expect(plan.dispatches).toBe(device.dispatches)
    expect(measured.peakBytes).toBeGreaterThan(measured.weightBytes + measured.trainingBytes)
  })
})
