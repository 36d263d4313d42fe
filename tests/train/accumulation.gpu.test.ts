import { accumulateGradients, languageModelObjective } from "@llava/train"
import { expect, it } from "vitest"
import { expectClose, testDevice } from "#testing"
import { drawnSamples } from "./drawn-samples.ts"
import { smallLlava } from "./small-llava.ts"

it("one batch of eight, two of four and eight of one have the same gradients", async () => {
  await using model = await smallLlava(await testDevice())
  const objective = languageModelObjective(model)
  const parameters = new Map(model.namedParameters())
  for (const parameter of parameters.values()) parameter.trainable = true
  const samples = drawnSamples(model, 8)
  const terms = samples.map((sample) => objective.terms([sample]))
  expect(new Set(terms).size).toBeGreaterThan(4)

  const run = async (size: number, weighting: "tokens" | "means") => {
    const batches = Array.from({ length: 8 / size }, (_, i) => samples.slice(i * size, (i + 1) * size))
    const { losses } = accumulateGradients(objective, batches, weighting)
    let sum = 0
    for (const loss of losses) {
      using taken = loss
      sum += (await taken.read())[0]!
    }
    const gradients = new Map<string, Float32Array>()
    for (const [path, parameter] of parameters) {
      if (parameter.gradient) gradients.set(path, (await parameter.gradient.read()) as Float32Array)
    }
    for (const parameter of parameters.values()) parameter.clearGradient()
    return { sum, gradients }
  }

  const whole = await run(8, "tokens")
  expect(whole.gradients.size).toBeGreaterThan(40)
  for (const size of [4, 1]) {
    const divided = await run(size, "tokens")
    expectClose([divided.sum], [whole.sum], 1e-6)
    expect([...divided.gradients.keys()]).toEqual([...whole.gradients.keys()])
    for (const [path, gradient] of divided.gradients) {
      // The gradient of key biases is 0 in the encoder, but for rounding.
      if (!path.endsWith("k_proj.bias")) expectClose(gradient, whole.gradients.get(path)!, 2e-5)
    }
  }
  // The original's mean of means is another loss, in which samples with few learned tokens count more.
  const means = await run(1, "means")
  const head = "language_model.model.norm.weight"
  expect(() => expectClose(means.gradients.get(head)!, whole.gradients.get(head)!, 1e-2)).toThrow()
})
