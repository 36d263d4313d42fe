import { describe, expect, it } from "vitest"
import { randomValues, testDevice } from "#testing"
import { Tensor } from "../tensor/tensor.ts"
import { splice, spliceReference } from "./splice.ts"

describe("splice", () => {
  it.each([1, 24, 65])("puts image rows of width %i between text rows and leaves padding zero", async (width) => {
    const device = await testDevice()
    const text = randomValues(3 * width, 1)
    const image = randomValues(2 * width, 2)
    const index = Int32Array.of(0, -1, -2, 1, 2, -(2 ** 31), 0, -2)
    using textRows = Tensor.from(device, text, [3, width])
    using imageRows = Tensor.from(device, image, [2, width])
    using at = Tensor.from(device, index, [2, 4])
    using spliced = splice(textRows, imageRows, at)
    expect(spliced.shape).toEqual([2, 4, width])
    expect([...(await spliced.read())]).toEqual(spliceReference(text, image, index, width))
  })

  it("refuses rows of different widths", async () => {
    const device = await testDevice()
    using a = Tensor.from(device, randomValues(6), [2, 3])
    using b = Tensor.from(device, randomValues(8), [2, 4])
    using at = Tensor.from(device, Int32Array.of(0), [1])
    expect(() => splice(a, b, at)).toThrow("image has shape [2,4], expected [2,3]")
  })
})
