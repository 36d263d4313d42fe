import { describe, expect, it } from "vitest"
import { evaluate, expectClose, kernelVariants, randomValues, testDevice } from "#testing"
import type { Device } from "../device/device.ts"
import { Tensor } from "../tensor/tensor.ts"
import { attention, attentionReference } from "./attention.ts"

interface Case {
  batch?: number
  queryTokens: number
  /** Capacity of key and value. */
  keyTokens: number
  heads?: number
  kvHeads?: number
  headSize?: number
  causal?: boolean
  scale?: number
  keyLengths?: number[]
  queryOffsets?: number[]
  segments?: number[]
  /** Passed as the option `keyTokens`. */
  bound?: number
  /** Factor of the queries: scores of some hundreds carry their own rounding into the exponential. */
  sharpness?: number
}

function sizesOf(test: Case) {
  return { batch: 1, heads: 1, kvHeads: test.heads ?? 1, headSize: 8, sharpness: 1, ...test }
}

function inputsOf(test: Case) {
  const { batch, queryTokens, keyTokens, heads, kvHeads, headSize, sharpness } = sizesOf(test)
  return {
    query: randomValues(batch * queryTokens * heads * headSize, 1).map((x) => x * sharpness),
    key: randomValues(batch * keyTokens * kvHeads * headSize, 2),
    value: randomValues(batch * keyTokens * kvHeads * headSize, 3),
  }
}

function compute(device: Device, test: Case, inputs = inputsOf(test)): Promise<Float32Array> {
  const { batch, queryTokens, keyTokens, heads, kvHeads, headSize } = sizesOf(test)
  const integers = (values: number[], shape: number[]) => Tensor.from(device, Int32Array.from(values), shape)
  return evaluate(device, () =>
    attention(
      Tensor.from(device, inputs.query, [batch, queryTokens, heads, headSize]),
      Tensor.from(device, inputs.key, [batch, keyTokens, kvHeads, headSize]),
      Tensor.from(device, inputs.value, [batch, keyTokens, kvHeads, headSize]),
      {
        causal: test.causal ?? false,
        ...(test.scale !== undefined && { scale: test.scale }),
        ...(test.bound !== undefined && { keyTokens: test.bound }),
        ...(test.keyLengths && { keyLengths: integers(test.keyLengths, [batch]) }),
        ...(test.queryOffsets && { queryOffsets: integers(test.queryOffsets, [batch]) }),
        ...(test.segments && { segments: integers(test.segments, [batch, keyTokens]) }),
      },
    ),
  )
}

const headSizes = [1, 6, 12, 64, 72, 128, 160]

const cases: [name: string, test: Case][] = [
  ["one key", { queryTokens: 1, keyTokens: 1 }],
  ["one query, many keys", { queryTokens: 1, keyTokens: 77, heads: 2, headSize: 16 }],
  ["tiles that are not full", { queryTokens: 17, keyTokens: 33, heads: 3, headSize: 16 }],
  ["full tiles", { queryTokens: 32, keyTokens: 64, heads: 2, headSize: 32 }],
  ["a batch", { batch: 3, queryTokens: 9, keyTokens: 21, heads: 2, headSize: 12 }],
  ["the shape of a vision tower", { queryTokens: 145, keyTokens: 145, heads: 2, headSize: 64 }],
  ["causal", { queryTokens: 50, keyTokens: 50, heads: 2, headSize: 16, causal: true }],
  ["causal with grouped heads", { queryTokens: 37, keyTokens: 37, heads: 9, kvHeads: 3, headSize: 64, causal: true }],
  ["one key-value head for all", { queryTokens: 5, keyTokens: 40, heads: 7, kvHeads: 1, headSize: 16 }],
  ["a scale of its own", { queryTokens: 5, keyTokens: 40, scale: 0.7 }],
  ["sharp scores", { queryTokens: 20, keyTokens: 200, headSize: 64, sharpness: 30 }],
  [
    "right padding",
    {
      batch: 3,
      queryTokens: 20,
      keyTokens: 20,
      heads: 4,
      kvHeads: 2,
      headSize: 16,
      causal: true,
      keyLengths: [20, 7, 1],
    },
  ],
  [
    "a prompt that continues a cache",
    { batch: 2, queryTokens: 6, keyTokens: 64, causal: true, queryOffsets: [31, 3], keyLengths: [37, 9], headSize: 16 },
  ],
  [
    "a decoding step with caches of different lengths",
    {
      batch: 3,
      queryTokens: 1,
      keyTokens: 300,
      heads: 9,
      kvHeads: 3,
      headSize: 64,
      causal: true,
      queryOffsets: [0, 150, 288],
      keyLengths: [1, 151, 289],
      bound: 289,
    },
  ],
  [
    "a long decoding step",
    { queryTokens: 1, keyTokens: 2048, heads: 9, kvHeads: 3, headSize: 64, keyLengths: [2011], bound: 2011 },
  ],
  [
    "packed segments",
    {
      queryTokens: 40,
      keyTokens: 40,
      heads: 2,
      headSize: 16,
      causal: true,
      segments: Array.from({ length: 40 }, (_, i) => Math.floor(i / 11)),
    },
  ],
  [
    "segments in a cache",
    {
      batch: 2,
      queryTokens: 3,
      keyTokens: 20,
      causal: true,
      queryOffsets: [10, 4],
      keyLengths: [13, 7],
      segments: Array.from({ length: 40 }, (_, i) => Number(i % 20 > 5)),
    },
  ],
]

describe.each(kernelVariants)("attention (%s kernels)", (kernels) => {
  it.each(headSizes)("equals the float64 reference for heads of %i", async (headSize) => {
    const test = { queryTokens: 19, keyTokens: 45, heads: 2, kvHeads: 1, headSize }
    const expected = attentionReference({ ...sizesOf(test), ...inputsOf(test) })
    expectClose(await compute(await testDevice(kernels), test), expected, 1e-6)
  })

  it.each(headSizes)("equals the float64 reference for a single query with heads of %i", async (headSize) => {
    const test = { queryTokens: 1, keyTokens: 45, heads: 4, kvHeads: 2, headSize }
    const expected = attentionReference({ ...sizesOf(test), ...inputsOf(test) })
    expectClose(await compute(await testDevice(kernels), test), expected, 1e-6)
  })

  it.each(cases)("equals the float64 reference: %s", async (_, test) => {
    const expected = attentionReference({ ...sizesOf(test), ...inputsOf(test) })
    // WGSL allows exp an error of 3 + 2|x| units in the last place: 1e-6 for scores of a few units, before any sum.
    expectClose(await compute(await testDevice(kernels), test), expected, test.sharpness ? 1e-5 : 2e-6)
  })

  it("gives zeros to a query that sees no key", async () => {
    const device = await testDevice(kernels)
    const test = { batch: 2, queryTokens: 3, keyTokens: 5, heads: 2, keyLengths: [0, 5] }
    const output = await compute(device, test)
    expect(output.subarray(0, 48)).toEqual(new Float32Array(48))
    const hiddenByOffset = { queryTokens: 3, keyTokens: 5, causal: true, queryOffsets: [-2] }
    const causal = await compute(device, hiddenByOffset)
    expect(causal.subarray(0, 16)).toEqual(new Float32Array(16))
    expectClose(causal, attentionReference({ ...sizesOf(hiddenByOffset), ...inputsOf(hiddenByOffset) }), 1e-6)
  })

  it("never reads what lies beyond the length", async () => {
    const test = { queryTokens: 2, keyTokens: 70, heads: 2, headSize: 16, keyLengths: [33] }
    const inputs = inputsOf(test)
    const expected = attentionReference({ ...sizesOf(test), ...inputs })
    inputs.key.fill(Number.NaN, 33 * 2 * 16)
    inputs.value.fill(Number.NaN, 33 * 2 * 16)
    expectClose(await compute(await testDevice(kernels), test, inputs), expected, 1e-6)
  })

  it("refuses shapes that do not fit, naming the operand", async () => {
    const device = await testDevice(kernels)
    using _ = device.scope()
    const zeros = (...shape: number[]) => Tensor.zeros(device, shape)
    const query = zeros(1, 2, 4, 8)
    expect(() => attention(query, zeros(1, 3, 3, 8), zeros(1, 3, 3, 8))).toThrow("4 query heads")
    expect(() => attention(query, zeros(1, 3, 2, 4), zeros(1, 3, 2, 4))).toThrow("attention: key has shape [1,3,2,4]")
    expect(() => attention(query, zeros(1, 3, 2, 8), zeros(1, 4, 2, 8))).toThrow("attention: value has shape")
    expect(() => attention(zeros(2, 4, 8), query, query)).toThrow("attention: query has shape [2,4,8]")
    expect(() => attention(query, query, query, { keyLengths: zeros(1) })).toThrow("keyLengths is f32, expected i32")
  })
})
