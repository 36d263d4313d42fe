import { expect, it } from "vitest"
import { evaluate, expectClose, randomValues, testDevice } from "#testing"
import { Tensor } from "../tensor/tensor.ts"
import { dropout, dropoutReference } from "./dropout.ts"

it.each([1, 6, 4099])("equals its reference for %i elements", async (size) => {
  const device = await testDevice()
  const x = randomValues(size)
  for (const [probability, seed] of [
    [0, 1],
    [0.05, 0],
    [0.5, 7],
    [0.9, 4294967295],
  ] as const) {
    const y = await evaluate(device, () => dropout(Tensor.from(device, x, [size]), probability, seed))
    expectClose(y, dropoutReference(x, probability, seed), 1e-6)
  }
})

it("drops the stated part, and others for another seed", () => {
  const ones = new Float32Array(100_000).fill(1)
  const dropped = (seed: number) => dropoutReference(ones, 0.3, seed).map((value) => Number(value === 0))
  const [first, second] = [dropped(1), dropped(2)]
  const part = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length
  expect(part(first)).toBeCloseTo(0.3, 2)
  expect(part(first.map((value, i) => value * second[i]!))).toBeCloseTo(0.09, 2)
})
