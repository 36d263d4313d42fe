import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { stage1, stage2, type TrainOptions, train } from "@llava/train"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { expectClose, testDevice } from "#testing"
import { drawnDataset } from "./drawn-dataset.ts"
import { smallLlava } from "./small-llava.ts"

let output = ""
beforeEach(async () => {
  output = await mkdtemp(join(tmpdir(), "train-"))
})
afterEach(() => rm(output, { recursive: true }))

const dataset = drawnDataset(23, { textEvery: Number.POSITIVE_INFINITY })

/** Losses and trained weights of a run. */
async function run(
  options: Omit<TrainOptions, "model" | "dataset"> & { stopAfter?: number },
): Promise<{ losses: number[]; weights: Map<string, Float32Array> }> {
  await using model = await smallLlava(await testDevice())
  const losses: number[] = []
  for await (const { step, loss } of train({ model, dataset, ...options })) {
    losses.push(loss)
    if (step === options.stopAfter) break
  }
  const weights = new Map<string, Float32Array>()
  for (const [path, parameter] of model.namedParameters()) {
    if (parameter.trainable) weights.set(path, (await parameter.tensor.read()) as Float32Array)
  }
  return { losses, weights }
}

describe("train", () => {
  const steps5 = {
    template: "plain",
    batchSize: 2,
    learningRate: 1e-3,
    steps: 5,
    checkpointEvery: 2,
    grouping: "none",
  } as const
  const recipe = stage2(steps5)

  it("trains what the recipe names, and keeps the newest checkpoints", async () => {
    const { losses, weights } = await run({
      recipe: stage1({ ...recipe, name: "stage1", train: ["projector"] }),
      output,
    })
    expect(losses).toHaveLength(5)
    expect([...weights.keys()].every((path) => path.startsWith("projector."))).toBe(true)
    expect((await readdir(`${output}/checkpoints`)).sort()).toEqual(["step-4", "step-5"])
  })

  it.each(["f32", "8bit"] as const)("goes on from the last checkpoint, bit for bit, with state %s", async (state) => {
    const recipe = stage2({ ...steps5, optimizer: { state } })
    const whole = await run({ recipe })
    const begun = await run({ recipe, output, stopAfter: 3 })
    expect(begun.losses).toEqual(whole.losses.slice(0, 3))
    const rest = await run({ recipe, output })
    expect(rest.losses).toEqual(whole.losses.slice(2))
    expect(rest.weights).toEqual(whole.weights)
    await expect(run({ recipe: { ...recipe, learningRate: 1e-4 }, output })).rejects.toMatchObject({
      code: "other-run",
      message: expect.stringContaining("recipe.learningRate was 0.001, is now 0.0001"),
    })
  })

  it("does not depend on how a step is divided, nor on what is computed again", async () => {
    const steps = { ...recipe, batchSize: 4, steps: 2 }
    const whole = await run({ recipe: steps })
    const parts = await run({ recipe: { ...steps, microBatchSize: 1, recompute: true } })
    expectClose(parts.losses, whole.losses, 1e-6)
    for (const [path, weights] of whole.weights) expectClose(parts.weights.get(path)!, weights, 1e-4)
  })

  it("learns in mixed precision nearly what it does in f32, into weights of f32", async () => {
    const steps = { ...recipe, steps: 2 }
    const full = await run({ recipe: steps })
    const mixed = await run({ recipe: { ...steps, precision: "mixed" } })
    expect(mixed.losses).not.toEqual(full.losses)
    expectClose(mixed.losses, full.losses, 2e-3)
    const [path, weights] = [...mixed.weights].find(([path]) => path.endsWith("mlp.down_proj.weight"))!
    expect(weights).not.toEqual(Float32Array.from(new Float16Array(weights)))
    expectClose(weights, full.weights.get(path)!, 5e-2)
  })

  it("does not depend on packing several samples into one row", async () => {
    const steps = { ...recipe, batchSize: 6, steps: 2 }
    const apart = await run({ recipe: steps })
    const packed = await run({ recipe: { ...steps, packing: true, recompute: true } })
    expectClose(packed.losses, apart.losses, 1e-6)
    for (const [path, weights] of apart.weights) expectClose(packed.weights.get(path)!, weights, 1e-4)
  })
})
