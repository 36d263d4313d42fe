import { describe, expect, it } from "vitest"
import { evaluate, expectClose, kernelVariants, randomValues, testDevice } from "#testing"
import { Tensor } from "../tensor/tensor.ts"
import { logSoftmax, logSoftmaxReference } from "./log-softmax.ts"
import { softmax, softmaxReference } from "./softmax.ts"

describe.each(kernelVariants)("softmax (%s kernels)", (kernels) => {
  it.each([
    [1, 1],
    [2, 3],
    [5, 32],
    [3, 1001],
    [2, 4096],
  ])("and its logarithm equal their references over %i rows of %i", async (rows, size) => {
    const device = await testDevice(kernels)
    const values = randomValues(rows * size).map((x) => x * 5 + 100)
    const x = () => Tensor.from(device, values, [rows, size])
    expectClose(await evaluate(device, () => softmax(x())), softmaxReference(values, size), 1e-6)
    expectClose(await evaluate(device, () => logSoftmax(x())), logSoftmaxReference(values, size), 1e-6)
  })

  it("gives 0 where the logit is minus infinity", async () => {
    const device = await testDevice(kernels)
    const values = Float32Array.of(1, Number.NEGATIVE_INFINITY, 2, Number.NEGATIVE_INFINITY)
    const y = await evaluate(device, () => softmax(Tensor.from(device, values, [4])))
    expectClose(y, softmaxReference(values, 4), 1e-6)
  })

  it("refuses a scalar", async () => {
    const device = await testDevice(kernels)
    using scalar = Tensor.zeros(device, [])
    expect(() => softmax(scalar)).toThrow("softmax: a scalar has no last axis")
  })
})
