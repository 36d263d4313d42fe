import { describe, expect, it } from "vitest"
import { evaluate, expectClose, kernelVariants, randomValues, testDevice } from "#testing"
import type { Device } from "../device/device.ts"
import { openDevice } from "../device/open-device.ts"
import { ropeTable } from "../rope/rope-table.ts"
import { Tensor } from "../tensor/tensor.ts"
import { rotary, rotaryReference } from "./rotary.ts"
import { rotaryIntoCache } from "./rotary-into-cache.ts"

/** Rotates every head at positions given per token, in float64. */
function expectedRotation(x: Float32Array, heads: number, headSize: number, rotaryDim: number, positions: number[]) {
  const tokens = positions.flatMap((position) => {
    const angles = Array.from({ length: rotaryDim / 2 }, (_, i) =>
      Math.fround(position * Math.fround(1 / Math.fround(10000 ** Math.fround((2 * i) / rotaryDim)))),
    )
    return Array.from({ length: heads }, () => angles)
  })
  return tokens.flatMap((angles, head) => {
    const values = x.subarray(head * headSize, (head + 1) * headSize)
    return [...rotaryReference(values, angles.map(Math.cos), angles.map(Math.sin))]
  })
}

/** The device as an adapter with the fewest storage buffers that WebGPU allows would be. */
async function fewBuffers(): Promise<Device> {
  const { gpu } = await testDevice()
  const limits = new Proxy(gpu.limits, {
    get: (target, name) => (name === "maxStorageBuffersPerShaderStage" ? 8 : Reflect.get(target, name, target)),
  })
  const bound = (target: GPUDevice, name: string | symbol) => {
    const value: unknown = Reflect.get(target, name, target)
    return typeof value === "function" ? value.bind(target) : value
  }
  const device = new Proxy(gpu, { get: (target, name) => (name === "limits" ? limits : bound(target, name)) })
  return openDevice({ device })
}

const shapes = [
  { headSize: 2, heads: 1 },
  { headSize: 6, heads: 3 },
  { headSize: 8, heads: 2 },
  { headSize: 12, heads: 2 },
  { headSize: 64, heads: 9 },
  { headSize: 128, heads: 2 },
  { headSize: 16, heads: 2, partialRotaryFactor: 0.5 },
  { headSize: 10, heads: 2, partialRotaryFactor: 0.4 },
]

describe.each(kernelVariants)("rotary (%s kernels)", (kernels) => {
  it.each(shapes)("turns pairs of dimensions by their angles: $headSize x $heads", async (shape) => {
    const { headSize, heads, partialRotaryFactor = 1 } = shape
    const device = await testDevice(kernels)
    const positions = [0, 1, 77, 3, 1999, 5]
    using table = ropeTable(device, { headSize, base: 10000, maxPositions: 2000, partialRotaryFactor })
    const values = randomValues(positions.length * heads * headSize)
    const rotated = await evaluate(device, () =>
      rotary(
        Tensor.from(device, values, [2, 3, heads, headSize]),
        table,
        Tensor.from(device, Int32Array.from(positions), [2, 3]),
      ),
    )
    expectClose(rotated, expectedRotation(values, heads, headSize, headSize * partialRotaryFactor, positions), 1e-6)
  })

  it("gives NaN at positions outside the table", async () => {
    const device = await testDevice(kernels)
    using table = ropeTable(device, { headSize: 4, base: 10000, maxPositions: 10 })
    const rotated = await evaluate(device, () =>
      rotary(
        Tensor.from(device, randomValues(12), [1, 3, 1, 4]),
        table,
        Tensor.from(device, Int32Array.of(10, 9, -1), [1, 3]),
      ),
    )
    expect([...rotated].map(Number.isNaN)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      true,
      true,
      true,
      true,
    ])
  })

  it("multiplies by the attention factor of yarn", async () => {
    const device = await testDevice(kernels)
    const scaling = { type: "yarn", factor: 4, originalMaxPositions: 32, attentionFactor: 1.25 } as const
    using table = ropeTable(device, { headSize: 4, base: 10000, maxPositions: 8, scaling })
    const values = randomValues(4)
    const rotated = await evaluate(device, () =>
      rotary(Tensor.from(device, values, [1, 1, 1, 4]), table, Tensor.from(device, Int32Array.of(0), [1, 1])),
    )
    expectClose(
      rotated,
      values.map((value) => value * 1.25),
      1e-6,
    )
  })

  it("stretches a dynamic table only past the original positions", async () => {
    const device = await testDevice(kernels)
    const plain = ropeTable(device, { headSize: 8, base: 10000, maxPositions: 20 })
    const scaling = { type: "dynamic", factor: 2, originalMaxPositions: 16 } as const
    const dynamic = ropeTable(device, { headSize: 8, base: 10000, maxPositions: 20, scaling })
    const expected = await evaluate(device, () => plain.values)
    const actual = await evaluate(device, () => dynamic.values)
    expect(actual.subarray(0, 16 * 8)).toEqual(expected.subarray(0, 16 * 8))
    const base = 10000 * ((2 * 20) / 16 - 1) ** (8 / 6)
    expectClose(
      actual.subarray(19 * 8, 19 * 8 + 4),
      [0, 2, 4, 6].map((i) => Math.cos(19 / base ** (i / 8))),
      1e-5,
    )
  })
})

describe.each([...kernelVariants, "few buffers"] as const)("rotaryIntoCache (%s)", (kernels) => {
  const open = () => (kernels === "few buffers" ? fewBuffers() : testDevice(kernels))

  it.each([
    { headSize: 6, heads: 2, kvHeads: 1 },
    { headSize: 64, heads: 9, kvHeads: 3 },
  ])(
    "rotates the query and stores key and value where they belong: $headSize",
    async ({ headSize, heads, kvHeads }) => {
      const device = await open()
      const [batch, tokens, capacity] = [3, 4, 9]
      const offsets = [0, 5, 7]
      const lengths = [4, 2, 4]
      const positions = offsets.flatMap((offset) => Array.from({ length: tokens }, (_, token) => offset + token))
      const query = randomValues(batch * tokens * heads * headSize, 1)
      const key = randomValues(batch * tokens * kvHeads * headSize, 2)
      const value = randomValues(batch * tokens * kvHeads * headSize, 3)
      using table = ropeTable(device, { headSize, base: 10000, maxPositions: 16 })
      using cacheKey = Tensor.zeros(device, [batch, capacity, kvHeads, headSize])
      using cacheValue = Tensor.zeros(device, [batch, capacity, kvHeads, headSize])
      const integers = (data: number[], shape: number[]) => Tensor.from(device, Int32Array.from(data), shape)
      const rotated = await evaluate(device, () =>
        rotaryIntoCache({
          query: Tensor.from(device, query, [batch, tokens, heads, headSize]),
          key: Tensor.from(device, key, [batch, tokens, kvHeads, headSize]),
          value: Tensor.from(device, value, [batch, tokens, kvHeads, headSize]),
          table,
          positions: integers(positions, [batch, tokens]),
          cacheKey,
          cacheValue,
          places: { offsets: integers(offsets, [batch]), lengths: integers(lengths, [batch]) },
        }),
      )
      expectClose(rotated, expectedRotation(query, heads, headSize, headSize, positions), 1e-6)

      const rotatedKey = expectedRotation(key, kvHeads, headSize, headSize, positions)
      const width = kvHeads * headSize
      const expectedKey = new Float64Array(batch * capacity * width)
      const expectedValue = new Float64Array(batch * capacity * width)
      for (let item = 0; item < batch; item++) {
        for (let token = 0; token < lengths[item]!; token++) {
          const slot = offsets[item]! + token
          if (slot >= capacity) continue
          const from = (item * tokens + token) * width
          expectedKey.set(rotatedKey.slice(from, from + width), (item * capacity + slot) * width)
          expectedValue.set(value.subarray(from, from + width), (item * capacity + slot) * width)
        }
      }
      expectClose((await cacheKey.read()) as Float32Array, expectedKey, 1e-6)
      expect(await cacheValue.read()).toEqual(Float32Array.from(expectedValue))
    },
  )

  it("stores each token in a slot of its own", async () => {
    const device = await open()
    const [heads, headSize] = [2, 8]
    const positions = [3, 0, 7]
    const slots = [6, -1, 1]
    const [query, key, value] = [1, 2, 3].map((seed) => randomValues(3 * heads * headSize, seed)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ]
    using table = ropeTable(device, { headSize, base: 10000, maxPositions: 8 })
    using cacheKey = Tensor.zeros(device, [2, 4, heads, headSize])
    using cacheValue = Tensor.zeros(device, [2, 4, heads, headSize])
    const rows = (data: Float32Array) => Tensor.from(device, data, [3, 1, heads, headSize])
    const integers = (data: number[]) => Tensor.from(device, Int32Array.from(data), [3, 1])
    const rotated = await evaluate(device, () =>
      rotaryIntoCache({
        ...{ query: rows(query), key: rows(key), value: rows(value), table, positions: integers(positions) },
        ...{ cacheKey, cacheValue, places: { slots: integers(slots) } },
      }),
    )
    expectClose(rotated, expectedRotation(query, heads, headSize, headSize, positions), 1e-6)
    const rotatedKey = expectedRotation(key, heads, headSize, headSize, positions)
    const width = heads * headSize
    const expectedKey = new Float64Array(8 * width)
    const expectedValue = new Float32Array(8 * width)
    for (const [token, slot] of slots.entries()) {
      if (slot < 0) continue
      expectedKey.set(rotatedKey.slice(token * width, (token + 1) * width), slot * width)
      expectedValue.set(value.subarray(token * width, (token + 1) * width), slot * width)
    }
    expectClose((await cacheKey.read()) as Float32Array, expectedKey, 1e-6)
    expect(await cacheValue.read()).toEqual(expectedValue)
  })

  it("refuses a cache of another shape", async () => {
    const device = await open()
    using _ = device.scope()
    const zeros = (...shape: number[]) => Tensor.zeros(device, shape)
    const input = {
      query: zeros(1, 2, 4, 8),
      key: zeros(1, 2, 2, 8),
      value: zeros(1, 2, 2, 8),
      table: ropeTable(device, { headSize: 8, base: 10000, maxPositions: 4 }),
      positions: Tensor.zeros(device, [1, 2], "i32"),
      cacheKey: zeros(1, 9, 4, 8),
      cacheValue: zeros(1, 9, 2, 8),
      places: { offsets: Tensor.zeros(device, [1], "i32") },
    }
    expect(() => rotaryIntoCache(input)).toThrow("cacheKey has shape [1,9,4,8], expected [1,9,2,8]")
    input.table.dispose()
  })
})
