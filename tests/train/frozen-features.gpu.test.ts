import { mkdtemp, readdir, rm, truncate } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { stage1, type TrainOptions, train } from "@llava/train"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { testDevice } from "#testing"
import { drawnDataset } from "./drawn-dataset.ts"
import { smallLlava } from "./small-llava.ts"

let featureCache = ""
beforeEach(async () => {
  featureCache = await mkdtemp(join(tmpdir(), "features-"))
})
afterEach(() => rm(featureCache, { recursive: true }))

const recipe = stage1({ template: "plain", batchSize: 4, steps: 4, learningRate: 1e-2 })
const dataset = drawnDataset(8, { textEvery: Number.POSITIVE_INFINITY })

/** Losses of a run, and how many pictures the encoder has seen. */
async function run(options: Partial<TrainOptions> = {}) {
  await using model = await smallLlava(await testDevice())
  const encode = vi.spyOn(model.encoder!, "encode")
  const losses: number[] = []
  for await (const { loss } of train({ model, dataset, recipe, ...options })) losses.push(loss)
  return { losses, encoded: encode.mock.calls.reduce((sum, [pixels]) => sum + pixels.shape[0]!, 0) }
}

const filesIn = async (folder: string) =>
  (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".f32")).map((name) => join(folder, name))

it("has the encoder see each picture once, with the same losses", async () => {
  const without = await run()
  expect(without.encoded).toBe(16)
  const first = await run({ featureCache })
  expect(first.losses).toEqual(without.losses)
  const files = await filesIn(featureCache)
  expect(files).toHaveLength(2)
  expect(first.encoded).toBeLessThanOrEqual(8)
  expect(await run({ featureCache })).toEqual({ losses: without.losses, encoded: 0 })
  await truncate(files[0]!, 100)
  const mended = await run({ featureCache })
  expect(mended.losses).toEqual(without.losses)
  expect(mended.encoded).toBeGreaterThan(0)
  expect(await filesIn(featureCache)).toEqual(files)
})

it("keeps features apart by how pictures are prepared, and keeps none of an encoder that is trained", async () => {
  await run({ featureCache, recipe: { ...recipe, steps: 1, imageAspectRatio: "pad" } })
  await run({ featureCache, recipe: { ...recipe, steps: 1, imageAspectRatio: "square" } })
  expect(await readdir(featureCache)).toHaveLength(2)
  const trained = run({ featureCache, recipe: { ...recipe, train: ["projector", "encoder"] } })
  await expect(trained).rejects.toMatchObject({ name: "TrainError", code: "encoder-trained" })
})
