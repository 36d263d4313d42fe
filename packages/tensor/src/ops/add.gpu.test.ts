import { describe, expect, it } from "vitest"
import { expectClose, randomValues, testDevice } from "#testing"
import { Tensor } from "../tensor/tensor.ts"
import { add, addReference } from "./add.ts"

describe("add", () => {
  it.each([1, 3, 64, 65, 1000])("equals the float64 reference for %i elements", async (size) => {
    const device = await testDevice()
    const a = randomValues(size, 1)
    const b = randomValues(size, 2)
    using x = Tensor.from(device, a, [size])
    using y = Tensor.from(device, b, [size])
    using sum = add(x, y)
    expectClose((await sum.read()) as Float32Array, addReference(a, b), 1e-6)
  })

  it("adds a row everywhere", async () => {
    const device = await testDevice()
    const a = randomValues(2 * 3 * 5, 1)
    const b = randomValues(3 * 5, 2)
    using x = Tensor.from(device, a, [2, 3, 5])
    using y = Tensor.from(device, b, [3, 5])
    using sum = add(x, y)
    expectClose((await sum.read()) as Float32Array, addReference(a, b), 1e-6)
  })

  it("refuses different shapes, naming them", async () => {
    const device = await testDevice()
    using x = Tensor.from(device, randomValues(4), [4])
    using y = Tensor.from(device, randomValues(4), [2, 2])
    expect(() => add(x, y)).toThrow("b has shape [2,2], expected [4]")
  })
})
