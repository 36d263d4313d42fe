import { describe, expect, it } from "vitest"
import { evaluate, kernelVariants, randomValues, testDevice } from "#testing"
import type { Device } from "../device/device.ts"
import { Tensor } from "../tensor/tensor.ts"
import { topK, topKReference } from "./top-k.ts"

async function expectTop(device: Device, values: Float32Array, rows: number, k: number) {
  const size = values.length / rows
  const x = () => Tensor.from(device, values, [rows, size])
  const indices = await evaluate(device, () => topK(x(), k).indices)
  const top = await evaluate(device, () => topK(x(), k).values)
  for (let row = 0; row < rows; row++) {
    const ofRow = values.subarray(row * size, (row + 1) * size)
    const expected = topKReference(ofRow, k)
    expect([...indices.subarray(row * k, (row + 1) * k)]).toEqual(expected)
    expect([...top.subarray(row * k, (row + 1) * k)]).toEqual(expected.map((index) => ofRow[index]!))
  }
}

describe.each(kernelVariants)("topK (%s kernels)", (kernels) => {
  it.each([
    [1, 1, 1],
    [2, 5, 5],
    [3, 300, 7],
    [2, 1000, 256],
    [1, 49152, 40],
  ])("sorts the largest of %i rows of %i: %i of them", async (rows, size, k) => {
    await expectTop(await testDevice(kernels), randomValues(rows * size, 9), rows, k)
  })

  it("puts the lower index first among equals, at the boundary too", async () => {
    const device = await testDevice(kernels)
    const values = Float32Array.from({ length: 700 }, (_, i) => (i * 7) % 5)
    await expectTop(device, values, 1, 13)
    await expectTop(device, values, 1, 200)
    await expectTop(device, new Float32Array(600), 1, 256)
  })

  it("orders infinities, zeros of both signs and NaN", async () => {
    const device = await testDevice(kernels)
    const { POSITIVE_INFINITY: infinity, NaN: none } = Number
    await expectTop(device, Float32Array.of(none, 1, -infinity, 0, infinity, -3, none, 1e-40, -0), 1, 9)
  })

  it("refuses more than there are, or than it can hold", async () => {
    const device = await testDevice(kernels)
    using x = Tensor.zeros(device, [400])
    expect(() => topK(x, 401)).toThrow("topK: 401 of 400 elements")
    expect(() => topK(x, 257)).toThrow("topK: k is 257, at most 256")
  })
})
