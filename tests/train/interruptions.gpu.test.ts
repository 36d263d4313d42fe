import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Device, elementCount, openDevice, Tensor } from "@llava/tensor"
import { stage1, type TrainOptions, train } from "@llava/train"
import { afterEach, beforeEach, expect, it } from "vitest"
import { randomValues, testDevice } from "#testing"
import { drawnDataset } from "./drawn-dataset.ts"
import { smallLlava } from "./small-llava.ts"

let output = ""
beforeEach(async () => {
  output = await mkdtemp(join(tmpdir(), "train-"))
})
afterEach(() => rm(output, { recursive: true }))

const dataset = drawnDataset(8, { textEvery: Number.POSITIVE_INFINITY })
const recipe = stage1({ template: "plain", batchSize: 2, steps: 6, learningRate: 1e-2, checkpointEvery: 2 })

/** Losses by step; `after` is called when a step is done. */
async function run(
  device: Device,
  options: Partial<TrainOptions> = {},
  after?: (step: number) => Promise<void> | void,
) {
  await using model = await smallLlava(device)
  const losses: number[] = []
  for await (const { step, loss } of train({ model, dataset, recipe, ...options })) {
    losses[step - 1] = loss
    await after?.(step)
  }
  return losses
}

const checkpoints = async () => (await readdir(`${output}/checkpoints`)).toSorted()

it("is stopped by a signal after the step in progress, saves it, and goes on from there", async () => {
  const device = await testDevice()
  const whole = await run(device)
  const controller = new AbortController()
  const begun = await run(device, { output, signal: controller.signal }, (step) => {
    if (step === 3) controller.abort()
  })
  expect(begun).toEqual(whole.slice(0, 3))
  expect(await checkpoints()).toEqual(["step-2", "step-3"])
  expect(await readdir(output)).not.toContain("model")
  const rest = await run(device, { output })
  expect(rest.slice(3)).toEqual(whole.slice(3))
  expect(await readdir(`${output}/model`)).toContain("config.json")
})

it("goes on with the model that it has changed itself, and with no other", async () => {
  const device = await testDevice()
  const whole = await run(device)
  {
    await using model = await smallLlava(device)
    for await (const { step } of train({ model, dataset, recipe, output })) if (step === 3) break
    for await (const { step, loss } of train({ model, dataset, recipe, output })) {
      expect(loss).toBe(whole[step - 1])
      if (step === 5) break
    }
  }
  await using other = await smallLlava(device)
  for (const [path, parameter] of other.namedParameters()) {
    if (!path.endsWith("layers.1.mlp.down_proj.weight")) continue
    parameter.set(Tensor.from(device, randomValues(elementCount(parameter.shape)), parameter.shape))
  }
  const steps = train({ model: other, dataset, recipe, output })
  await expect(steps.next()).rejects.toMatchObject({
    code: "other-run",
    message: expect.stringMatching(/holds another run: model\.language_model was "llama \w+", is now "llama \w+"\. /),
  })
  const restarted = train({ model: other, dataset, recipe, output, restart: true })
  expect((await restarted.next()).value).toMatchObject({ step: 1 })
  await restarted.return()
})

it("has one process at a time in its folder", async () => {
  const device = await testDevice()
  await run(device, { output }, async (step) => {
    if (step !== 1) return
    await expect(run(device, { output })).rejects.toMatchObject({ name: "TrainError", code: "output-in-use" })
    await expect(run(device, { output, restart: true })).rejects.toMatchObject({ code: "output-in-use" })
  })
  expect(await readdir(output)).not.toContain(".lock")
})

it("stops at a loss that is not finite, names the samples, and saves the weights before it", async () => {
  const device = await testDevice()
  await using model = await smallLlava(device)
  const [, weight] = [...model.projector!.namedParameters("projector")].find(([path]) => path.endsWith("weight"))!
  const losses: number[] = []
  const steps = train({ model, dataset, recipe: { ...recipe, checkpointEvery: 100 }, output })
  const spoil = async () => {
    for await (const { step, loss } of steps) {
      losses.push(loss)
      if (step !== 3) continue
      const { tensor } = weight
      tensor.device.upload(tensor.buffer, new Float32Array(tensor.size).fill(Number.NaN))
    }
  }
  await expect(spoil()).rejects.toMatchObject({
    name: "TrainError",
    code: "loss-not-finite",
    message: expect.stringMatching(/Step 4: .* samples \d, \d/),
  })
  expect(losses).toHaveLength(3)
  expect(await checkpoints()).toEqual(["step-3"])
})

it("goes on from the last checkpoint on a new device where one is lost", async () => {
  const whole = await run(await testDevice())
  const lost = await openDevice()
  const broken = run(lost, { output }, (step) => {
    if (step === 3) lost.gpu.destroy()
  })
  await expect(broken).rejects.toMatchObject({ name: "DeviceLostError", code: "device-lost" })
  expect(await checkpoints()).toEqual(["step-2"])
  const rest = await run(await testDevice(), { output })
  expect(rest.slice(2)).toEqual(whole.slice(2))
  const lines = (await readFile(`${output}/metrics.jsonl`, "utf8")).trimEnd().split("\n")
  expect(lines.map((line) => JSON.parse(line).loss)).toEqual(whole)
})
