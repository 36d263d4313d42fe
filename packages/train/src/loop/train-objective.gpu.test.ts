import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { initialiseModule } from "@llava/model"
import { concat, Linear, multiply, sum, Tensor } from "@llava/tensor"
import { expect, it } from "vitest"
import { randomValues, testDevice } from "#testing"
import type { Objective } from "../objective/objective.ts"
import { parseRecipe } from "../recipe/parse-recipe.ts"
import { trainObjective } from "./train-objective.ts"

const device = await testDevice()
const steps = 6
const recipe = parseRecipe({
  train: ["weight"],
  learningRate: 0.05,
  steps,
  checkpointEvery: 2,
  optimizer: { kind: "adamw" },
})

/** Brings the outputs of a layer to zero. */
function shrinking(layer: Linear): Objective<Float32Array> {
  return {
    device,
    namedParameters: () => layer.namedParameters(),
    terms: () => 1,
    loss(values) {
      using scope = device.scope()
      const outputs = layer.forward(Tensor.from(device, values, [4, 3]))
      return scope.keep(concat([sum(multiply(outputs, outputs)).reshape([1]), Tensor.zeros(device, [1])], 0))
    },
  }
}

async function run(output: string | undefined, { until = steps, data = "random" } = {}) {
  using layer = new Linear(3, 2, { bias: false })
  initialiseModule(layer, device, 1)
  const losses: number[] = []
  const stop = new AbortController()
  const options = {
    ...{ objective: shrinking(layer), recipe, data, signal: stop.signal },
    batch: (step: number) => randomValues(12, step % 2),
    ...(output !== undefined && { output }),
  }
  for await (const { step, loss } of trainObjective(options)) {
    losses.push(loss)
    if (step === until) stop.abort()
  }
  return { losses, weight: await layer.weight.tensor.read() }
}

it("goes on where it was stopped, with the same losses and weights", async () => {
  const folder = await mkdtemp(join(tmpdir(), "objective-"))
  try {
    const whole = await run(undefined)
    expect(whole.losses).toHaveLength(steps)
    expect(whole.losses[4]).toBeLessThan(whole.losses[0]!)
    const first = await run(folder, { until: 3 })
    const rest = await run(folder)
    expect([...first.losses, ...rest.losses]).toEqual(whole.losses)
    expect(rest.weight).toEqual(whole.weight)
    const done = await run(folder)
    expect(done.losses).toEqual([])
    expect(done.weight).toEqual(whole.weight)
    const lines = (await readFile(join(folder, "metrics.jsonl"), "utf8")).trim().split("\n")
    expect(lines.map((line) => JSON.parse(line).step)).toEqual([1, 2, 3, 4, 5, 6])
    await expect(run(folder, { data: "other" })).rejects.toMatchObject({ code: "other-run" })
  } finally {
    await rm(folder, { recursive: true })
  }
})

it("says what it lacks", async () => {
  using layer = new Linear(3, 2, { bias: false })
  initialiseModule(layer, device, 1)
  const begin = (changes: object) =>
    trainObjective({
      objective: shrinking(layer),
      recipe: { ...recipe, ...changes },
      batch: () => new Float32Array(12),
      data: "zeros",
    }).next()
  await expect(begin({ steps: undefined })).rejects.toMatchObject({ code: "steps-missing" })
  await expect(begin({ train: ["bias"] })).rejects.toMatchObject({ code: "nothing-matches" })
})
