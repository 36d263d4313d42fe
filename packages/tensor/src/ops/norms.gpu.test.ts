import { describe, expect, it } from "vitest"
import { evaluate, expectClose, kernelVariants, randomValues, testDevice } from "#testing"
import { Tensor } from "../tensor/tensor.ts"
import { addRmsNorm } from "./add-rms-norm.ts"
import { l2Normalize, l2NormalizeReference } from "./l2-normalize.ts"
import { layerNorm, layerNormReference } from "./layer-norm.ts"
import { rmsNorm, rmsNormReference } from "./rms-norm.ts"

const sizes = [
  [1, 1],
  [3, 5],
  [2, 32],
  [7, 48],
  [1, 576],
  [5, 1023],
  [3, 4096],
] as const

describe.each(kernelVariants)("norms (%s kernels)", (kernels) => {
  describe.each(sizes)("over %i rows of %i", (rows, size) => {
    // Far from zero, a variance that was not taken about the mean would be lost to cancellation.
    const values = randomValues(rows * size, 3).map((value) => value + 20)
    const others = randomValues(rows * size, 4)
    const scales = randomValues(size, 5)
    const shifts = randomValues(size, 6)
    const sums = values.map((value, i) => value + others[i]!)

    it("layerNorm equals its reference", async () => {
      const device = await testDevice(kernels)
      const y = await evaluate(device, () => {
        const x = Tensor.from(device, values, [rows, size])
        return layerNorm(x, Tensor.from(device, scales, [size]), Tensor.from(device, shifts, [size]), 1e-5)
      })
      expectClose(y, layerNormReference(values, scales, shifts, 1e-5), 3e-6)
    })

    it("rmsNorm equals its reference", async () => {
      const device = await testDevice(kernels)
      const y = await evaluate(device, () =>
        rmsNorm(Tensor.from(device, values, [rows, size]), Tensor.from(device, scales, [size]), 1e-6),
      )
      expectClose(y, rmsNormReference(values, scales, 1e-6), 1e-6)
    })

    it("addRmsNorm gives the sum and its norm", async () => {
      const device = await testDevice(kernels)
      const compute = () =>
        addRmsNorm(
          Tensor.from(device, values, [1, rows, size]),
          Tensor.from(device, others, [1, rows, size]),
          Tensor.from(device, scales, [size]),
          1e-6,
        )
      expect(await evaluate(device, () => compute().sum)).toEqual(sums)
      expectClose(await evaluate(device, () => compute().normed), rmsNormReference(sums, scales, 1e-6), 1e-6)
    })

    it("l2Normalize equals its reference", async () => {
      const device = await testDevice(kernels)
      const y = await evaluate(device, () => l2Normalize(Tensor.from(device, values, [rows, size])))
      expectClose(y, l2NormalizeReference(values, size), 1e-6)
    })
  })

  it("rows without variance or length stay finite", async () => {
    const device = await testDevice(kernels)
    const zeros = () => Tensor.zeros(device, [2, 8])
    const ones = () => Tensor.from(device, new Float32Array(8).fill(1), [8])
    const nothing = new Float32Array(16)
    expect(await evaluate(device, () => layerNorm(zeros(), ones(), ones(), 1e-5))).toEqual(nothing.fill(1))
    expect(await evaluate(device, () => rmsNorm(zeros(), ones(), 1e-6))).toEqual(nothing.fill(0))
    expect(await evaluate(device, () => l2Normalize(zeros()))).toEqual(nothing)
  })

  it("a row with an infinity spoils no other row", async () => {
    const device = await testDevice(kernels)
    const values = randomValues(3 * 8)
    values[9] = Number.POSITIVE_INFINITY
    const scales = randomValues(8, 2)
    const y = await evaluate(device, () =>
      rmsNorm(Tensor.from(device, values, [3, 8]), Tensor.from(device, scales, [8]), 1e-6),
    )
    const expected = rmsNormReference(values, scales, 1e-6)
    expectClose(y.subarray(0, 8), expected.subarray(0, 8), 1e-6)
    expectClose(y.subarray(16), expected.subarray(16), 1e-6)
  })

  it("names the operand of a wrong shape", async () => {
    const device = await testDevice(kernels)
    using scope = device.scope()
    const x = Tensor.zeros(device, [2, 8])
    const wrong = Tensor.zeros(device, [4])
    expect(() => layerNorm(x, wrong, wrong, 1e-5)).toThrow("layerNorm: weight has shape [4], expected [8]")
    expect(() => rmsNorm(x, wrong, 1e-5)).toThrow("rmsNorm: weight has shape [4], expected [8]")
    expect(() => addRmsNorm(x, wrong, wrong, 1e-5)).toThrow("addRmsNorm: residual has shape [4], expected [2,8]")
    expect(() => l2Normalize(Tensor.zeros(device, []))).toThrow("l2Normalize: a scalar has no last axis")
    scope.keep(x).dispose()
  })
})
