import { describe, expect, it } from "vitest"
import { randomValues, testDevice } from "#testing"
import { Tensor } from "../tensor/tensor.ts"
import { argMax, argMaxReference } from "./arg-max.ts"
import { concat, concatReference } from "./concat.ts"
import { gatherRows, gatherRowsReference } from "./gather-rows.ts"
import { slice, sliceReference } from "./slice.ts"

describe("slice and concat", () => {
  it.each([
    [[5], 0, 1, 4],
    [[3, 7], 0, 1, 2],
    [[3, 7], 1, 2, 7],
    [[2, 5, 3], 1, 0, 1],
    [[2, 3, 65], 2, 64, 65],
    [[4, 1, 1], 1, 0, 1],
    [[2, 3], 1, 1, 1],
  ] as const)("slice %j along %i from %i to %i", async (shape, axis, begin, end) => {
    const device = await testDevice()
    const values = randomValues(shape.reduce((a: number, b: number) => a * b, 1))
    using x = Tensor.from(device, values, shape)
    using part = slice(x, axis, begin, end)
    expect(part.shape).toEqual(shape.map((size: number, i: number) => (i === axis ? end - begin : size)))
    expect([...(await part.read())]).toEqual(sliceReference(values, shape, axis, begin, end))
  })

  it("moves integers bit by bit", async () => {
    const device = await testDevice()
    using labels = Tensor.from(device, Int32Array.of(1, -100, 3, -200, 5, -1), [2, 3])
    using part = slice(labels, 1, 1, 3)
    expect([...(await part.read())]).toEqual([-100, 3, 5, -1])
  })

  it.each([
    [[[2], [3]], 0],
    [
      [
        [2, 3],
        [2, 4],
        [2, 1],
      ],
      1,
    ],
    [
      [
        [1, 2, 5],
        [3, 2, 5],
      ],
      0,
    ],
    [
      [
        [2, 2, 3],
        [2, 2, 70],
      ],
      2,
    ],
  ] as const)("concat %j along %i", async (shapes, axis) => {
    const device = await testDevice()
    const parts = shapes.map((shape, i) => ({
      shape: [...shape],
      values: randomValues(
        shape.reduce((a: number, b: number) => a * b, 1),
        i + 1,
      ),
    }))
    const tensors = parts.map(({ values, shape }) => Tensor.from(device, values, shape))
    using joined = concat(tensors, axis)
    expect([...(await joined.read())]).toEqual(concatReference(parts, axis))
    for (const tensor of tensors) tensor.dispose()
  })

  it("refuses sizes that differ elsewhere", async () => {
    const device = await testDevice()
    using a = Tensor.from(device, randomValues(6), [2, 3])
    using b = Tensor.from(device, randomValues(8), [2, 4])
    expect(() => concat([a, b], 0)).toThrow("tensor 1 has shape [2,4], expected [2,3]")
  })
})

describe("gatherRows", () => {
  it("takes rows in any order, repeatedly", async () => {
    const device = await testDevice()
    const values = randomValues(5 * 67)
    const index = Int32Array.of(4, 0, 4, 2)
    using x = Tensor.from(device, values, [5, 67])
    using at = Tensor.from(device, index, [2, 2])
    using rows = gatherRows(x, at)
    expect(rows.shape).toEqual([2, 2, 67])
    expect([...(await rows.read())]).toEqual(gatherRowsReference(values, 67, index))
  })
})

describe("argMax", () => {
  it.each([1, 2, 63, 64, 65, 1000, 49152])("finds the largest of %i", async (width) => {
    const device = await testDevice()
    const values = randomValues(3 * width, width)
    using x = Tensor.from(device, values, [3, width])
    using best = argMax(x)
    expect([...(await best.read())]).toEqual(argMaxReference(values, width))
  })

  it("lets the lowest index win, passes over NaN, and knows infinities", async () => {
    const device = await testDevice()
    const rows = [
      [1, 7, 7, 0],
      [Number.NaN, -5, Number.NaN, -4],
      [Number.NEGATIVE_INFINITY, 3, Number.POSITIVE_INFINITY, 9],
      [-3.4e38, -3.4e38, -3.4e38, -3.4e38],
    ]
    using x = Tensor.from(device, Float32Array.from(rows.flat()), [4, 4])
    using best = argMax(x)
    expect([...(await best.read())]).toEqual([1, 3, 2, 0])
  })
})
