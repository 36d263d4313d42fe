import { describe, it } from "vitest"
import { expectClose, randomValues, testDevice } from "#testing"
import { Tensor } from "../tensor/tensor.ts"
import { logProbabilities, logProbabilitiesReference } from "./log-probabilities.ts"

describe("logProbabilities", () => {
  it.each([1, 5, 64, 1000])("equals the float64 reference over %i ids", async (vocabulary) => {
    const device = await testDevice()
    const logits = randomValues(4 * vocabulary).map((value) => value * 20)
    const ids = Int32Array.from({ length: 4 }, (_, row) => (row * 7) % vocabulary)
    using x = Tensor.from(device, logits, [4, vocabulary])
    using at = Tensor.from(device, ids, [4])
    using result = logProbabilities(x, at)
    expectClose((await result.read()) as Float32Array, logProbabilitiesReference(logits, vocabulary, ids), 1e-6)
  })

  it("keeps a huge distance exact", async () => {
    const device = await testDevice()
    const logits = Float32Array.of(1, -1e30, 2)
    using x = Tensor.from(device, logits, [1, 3])
    using at = Tensor.from(device, Int32Array.of(1), [1])
    using result = logProbabilities(x, at)
    expectClose((await result.read()) as Float32Array, logProbabilitiesReference(logits, 3, [1]), 1e-6)
  })
})
