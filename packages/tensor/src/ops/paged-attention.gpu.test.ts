import { describe, expect, it } from "vitest"
import { evaluate, expectClose, kernelVariants, randomValues, testDevice } from "#testing"
import type { Device } from "../device/device.ts"
import { Tensor } from "../tensor/tensor.ts"
import { attention } from "./attention.ts"
import { pagedAttention, pagedAttentionReference } from "./paged-attention.ts"

interface Case {
  /** Queries and keys of each sequence. */
  sequences: [queries: number, keys: number][]
  pageSize: number
  heads?: number
  kvHeads?: number
  headSize?: number
  scale?: number
}

const cases: [name: string, test: Case][] = [
  ["one token", { sequences: [[1, 1]], pageSize: 4 }],
  ["one query in the last of many pages", { sequences: [[1, 61]], pageSize: 4, heads: 2, headSize: 16 }],
  ["keys that fill their pages", { sequences: [[3, 32]], pageSize: 16, heads: 2, headSize: 8 }],
  [
    "prompts from their beginning",
    {
      sequences: [
        [9, 9],
        [33, 33],
        [1, 1],
      ],
      pageSize: 8,
      heads: 2,
      headSize: 12,
    },
  ],
  [
    "answers and a part of a prompt side by side",
    {
      sequences: [
        [1, 40],
        [1, 3],
        [24, 57],
        [1, 100],
        [2, 2],
      ],
      pageSize: 16,
      heads: 4,
      kvHeads: 2,
      headSize: 32,
    },
  ],
  ["a long part of a prompt", { sequences: [[130, 200]], pageSize: 16, heads: 2, headSize: 32 }],
  [
    "one key-value head for all",
    {
      sequences: [
        [5, 40],
        [1, 7],
      ],
      pageSize: 5,
      heads: 7,
      kvHeads: 1,
      headSize: 16,
    },
  ],
  [
    "large heads",
    {
      sequences: [
        [1, 70],
        [3, 20],
      ],
      pageSize: 16,
      headSize: 128,
    },
  ],
  [
    "heads of an odd size",
    {
      sequences: [
        [1, 70],
        [3, 20],
      ],
      pageSize: 16,
      heads: 3,
      headSize: 6,
    },
  ],
  [
    "a sequence without queries",
    {
      sequences: [
        [2, 5],
        [0, 8],
        [1, 9],
      ],
      pageSize: 4,
      headSize: 8,
    },
  ],
  ["a scale of its own", { sequences: [[4, 30]], pageSize: 4, scale: 0.7 }],
]

function inputsOf(test: Case) {
  const { sequences, pageSize, heads = 1, kvHeads = heads, headSize = 8 } = test
  const needed = sequences.map(([, keys]) => Math.ceil(keys / pageSize))
  const storePages = needed.reduce((sum, count) => sum + count, 0) + 3
  // Pages in no order: 7 is no divisor of their number.
  const count = storePages % 7 === 0 ? storePages + 1 : storePages
  let next = 0
  const pages = needed.map((number) => Array.from({ length: number }, () => (next++ * 7 + 2) % count))
  const tokens = sequences.reduce((sum, [queries]) => sum + queries, 0)
  return {
    query: randomValues(tokens * heads * headSize, 1),
    key: randomValues(count * pageSize * kvHeads * headSize, 2),
    value: randomValues(count * pageSize * kvHeads * headSize, 3),
    pages,
    keyLengths: sequences.map(([, keys]) => keys),
    queryCounts: sequences.map(([queries]) => queries),
    ...{ pageSize, heads, kvHeads, headSize, tokens, count },
    ...(test.scale !== undefined && { scale: test.scale }),
  }
}

function compute(device: Device, inputs: ReturnType<typeof inputsOf>): Promise<Float32Array> {
  const { query, key, value, pages, keyLengths, queryCounts, pageSize, heads, kvHeads, headSize, tokens, count } =
    inputs
  const integers = (values: number[], shape: number[]) => Tensor.from(device, Int32Array.from(values), shape)
  const width = Math.max(...pages.map((list) => list.length))
  const table = pages.flatMap((list) => [...list, ...new Array<number>(width - list.length).fill(0)])
  let start = 0
  const starts = [0, ...queryCounts.map((queries) => (start += queries))]
  return evaluate(device, () =>
    pagedAttention(
      Tensor.from(device, query, [tokens, 1, heads, headSize]),
      Tensor.from(device, key, [count, pageSize, kvHeads, headSize]),
      Tensor.from(device, value, [count, pageSize, kvHeads, headSize]),
      {
        pages: integers(table, [pages.length, width]),
        keyLengths: integers(keyLengths, [pages.length]),
        queryStarts: integers(starts, [pages.length + 1]),
        queryTokens: Math.max(...queryCounts),
        ...(inputs.scale !== undefined && { scale: inputs.scale }),
      },
    ),
  )
}

describe.each(kernelVariants)("pagedAttention (%s kernels)", (kernels) => {
  it.each(cases)("equals float64: %s", async (_, test) => {
    const inputs = inputsOf(test)
    expectClose(await compute(await testDevice(kernels), inputs), pagedAttentionReference(inputs), 2e-6)
  })

  it("gives the very numbers of attention over one row", async () => {
    const device = await testDevice(kernels)
    const inputs = inputsOf({ sequences: [[1, 75]], pageSize: 16, heads: 4, headSize: 32 })
    const { query, key, value, pages, pageSize, heads, headSize } = inputs
    const width = heads * headSize
    const inOrder = (store: Float32Array) =>
      Float32Array.from(
        pages[0]!.flatMap((page) => [...store.slice(page * pageSize * width, (page + 1) * pageSize * width)]),
      )
    const capacity = pages[0]!.length * pageSize
    const alone = await evaluate(device, () =>
      attention(
        Tensor.from(device, query, [1, 1, heads, headSize]),
        Tensor.from(device, inOrder(key), [1, capacity, heads, headSize]),
        Tensor.from(device, inOrder(value), [1, capacity, heads, headSize]),
        { keyLengths: Tensor.from(device, Int32Array.of(75), [1]) },
      ),
    )
    expect([...(await compute(device, inputs))]).toEqual([...alone])
  })
})

describe("pagedAttention", () => {
  it("refuses operands that do not fit", async () => {
    const device = await testDevice()
    using _ = device.scope()
    const zeros = (...shape: number[]) => Tensor.zeros(device, shape)
    const integers = (...shape: number[]) => Tensor.zeros(device, shape, "i32")
    const options = { pages: integers(2, 3), keyLengths: integers(2), queryStarts: integers(3), queryTokens: 1 }
    const store = zeros(5, 4, 2, 8)
    expect(() => pagedAttention(zeros(2, 2, 4, 8), store, store, options)).toThrow(/query has shape/)
    expect(() => pagedAttention(zeros(2, 1, 4, 6), store, store, options)).toThrow(/key has shape/)
    expect(() => pagedAttention(zeros(2, 1, 3, 8), store, store, options)).toThrow(/do not divide/)
    expect(() => pagedAttention(zeros(2, 1, 4, 8), store, store, { ...options, queryTokens: 3 })).toThrow(/3 queries/)
    const short = { ...options, queryStarts: integers(2) }
    expect(() => pagedAttention(zeros(2, 1, 4, 8), store, store, short)).toThrow(/queryStarts has shape/)
    const floats = { ...options, pages: zeros(2, 3) }
    expect(() => pagedAttention(zeros(2, 1, 4, 8), store, store, floats)).toThrow(/pages is f32/)
  })
})
