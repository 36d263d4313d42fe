import { describe, expect, it } from "vitest"
import { randomValues, testDevice } from "#testing"
import { Tensor } from "../tensor/tensor.ts"
import { cast } from "./cast.ts"

const { POSITIVE_INFINITY: infinity } = Number

/** Borders of f16: ties, the largest, what overflows, subnormals and what is too small for them. */
const borders = [
  0,
  -0,
  1,
  -1,
  1 / 3,
  2048,
  2049,
  2051,
  65504,
  65519.99,
  65520,
  -1e6,
  infinity,
  -infinity,
  2 ** -14,
  2 ** -14 * 0.9999,
  2 ** -24,
  2 ** -25,
  2 ** -25 * 1.0001,
  3 * 2 ** -25,
  2 ** -26,
  -(2 ** -20) * 1.37,
]

describe("cast", () => {
  it.each([1, 3, 1000])("rounds %i random elements to f16 as the host does, and back exactly", async (size) => {
    const device = await testDevice()
    const values = randomValues(size).map((x, i) => x * 10 ** ((i % 12) - 6))
    using x = Tensor.from(device, values, [size])
    using half = cast(x, "f16")
    using back = cast(half, "f32")
    expect(half.dtype).toBe("f16")
    const expected = new Float16Array(values)
    expect(await half.read()).toEqual(new Uint16Array(expected.buffer))
    expect(await back.read()).toEqual(new Float32Array(expected))
  })

  it("rounds at the borders of f16 as the host does", async () => {
    const device = await testDevice()
    using x = Tensor.from(device, Float32Array.from(borders), [borders.length])
    using half = cast(x, "f16")
    expect(await half.read()).toEqual(new Uint16Array(new Float16Array(Float32Array.from(borders)).buffer))
  })

  it("keeps NaN", async () => {
    const device = await testDevice()
    using x = Tensor.from(device, Float32Array.of(Number.NaN, 1), [2])
    using half = cast(x, "f16")
    expect(new Float16Array((await half.read()).buffer)[0]).toBeNaN()
  })

  it("truncates to integers and back, and copies where nothing changes", async () => {
    const device = await testDevice()
    using x = Tensor.from(device, Float32Array.of(1.9, -1.9, 0, 3e9, -3e9), [5])
    using integers = cast(x, "i32")
    using floats = cast(integers, "f32")
    using same = cast(x, "f32")
    expect(await integers.read()).toEqual(Int32Array.of(1, -1, 0, 2 ** 31 - 128, -(2 ** 31)))
    expect((await floats.read())[1]).toBe(-1)
    expect(await same.read()).toEqual(await x.read())
  })

  it("refuses u32", async () => {
    const device = await testDevice()
    using x = Tensor.zeros(device, [2], "u32")
    expect(() => cast(x, "f32")).toThrow("cast: x is u32")
  })
})
