import { describe, expect, it } from "vitest"
import { evaluate, randomValues, testDevice } from "#testing"
import { Tensor } from "../tensor/tensor.ts"
import { transpose, transposeReference } from "./transpose.ts"

describe("transpose", () => {
  it.each([
    [[1], [0]],
    [
      [3, 70],
      [1, 0],
    ],
    [
      [2, 3, 4],
      [2, 0, 1],
    ],
    [
      [2, 5, 3, 4],
      [0, 2, 1, 3],
    ],
    [
      [2, 1, 3, 2, 5],
      [4, 2, 0, 3, 1],
    ],
  ])("moves the elements of %j to %j", async (shape, permutation) => {
    const device = await testDevice()
    const values = randomValues(shape.reduce((a, b) => a * b, 1))
    const moved = await evaluate(device, () => transpose(Tensor.from(device, values, shape), permutation))
    expect([...moved]).toEqual(transposeReference(values, shape, permutation))
    using y = transpose(Tensor.from(device, values, shape), permutation)
    expect(y.shape).toEqual(permutation.map((axis) => shape[axis]))
  })

  it("refuses what is no permutation", async () => {
    const device = await testDevice()
    using x = Tensor.zeros(device, [2, 3])
    expect(() => transpose(x, [0, 0])).toThrow("transpose: [0,0] does not permute the axes of shape [2,3]")
    expect(() => transpose(x, [0])).toThrow("does not permute")
    expect(() => transpose(x, [1, 2])).toThrow("does not permute")
  })
})
