import { describe, expect, it } from "vitest"
import { evaluate, expectClose, kernelVariants, randomValues, testDevice } from "#testing"
import { Tensor } from "../tensor/tensor.ts"
import { max } from "./max.ts"
import { mean } from "./mean.ts"
import { reduceReference } from "./reduce.ts"
import { sum } from "./sum.ts"

const cases: [shape: number[], axis: number | undefined, flat: [number, number, number]][] = [
  [[1], undefined, [1, 1, 1]],
  [[7, 129], undefined, [1, 903, 1]],
  [[3, 4096], 1, [3, 4096, 1]],
  [[3, 4096], -1, [3, 4096, 1]],
  [[70, 5, 3], 0, [1, 70, 15]],
  [[2, 33, 65], 1, [2, 33, 65]],
  [[2, 3, 1], 1, [2, 3, 1]],
]

describe.each(kernelVariants)("reductions (%s kernels)", (kernels) => {
  it.each(cases)("of shape %j over axis %s equal their references", async (shape, axis, flat) => {
    const device = await testDevice(kernels)
    // Negative throughout, so that a maximum that starts from zero is found out.
    const values = randomValues(flat[0] * flat[1] * flat[2]).map((x) => x - 10)
    const x = () => Tensor.from(device, values, shape)
    const sums = reduceReference(values, flat, (a, b) => a + b)
    expectClose(await evaluate(device, () => sum(x(), axis)), sums, 1e-6)
    expectClose(
      await evaluate(device, () => mean(x(), axis)),
      sums.map((s) => s / flat[1]),
      1e-6,
    )
    expect(await evaluate(device, () => max(x(), axis))).toEqual(
      Float32Array.from(reduceReference(values, flat, Math.max)),
    )
    using y = sum(x(), axis)
    expect(y.shape).toEqual(axis === undefined ? [] : shape.toSpliced(axis, 1))
  })

  it("keep infinities", async () => {
    const device = await testDevice(kernels)
    const values = new Float32Array(9).fill(Number.NEGATIVE_INFINITY)
    const least = await evaluate(device, () => max(Tensor.from(device, values, [9])))
    expect([...least]).toEqual([Number.NEGATIVE_INFINITY])
  })

  it("refuse an axis that is not there, and nothing to reduce", async () => {
    const device = await testDevice(kernels)
    using x = Tensor.zeros(device, [2, 3])
    using empty = Tensor.zeros(device, [0, 3])
    expect(() => sum(x, 2)).toThrow("sum: a tensor of shape [2,3] has no axis 2")
    expect(() => mean(empty)).toThrow("mean: nothing to reduce")
  })
})
