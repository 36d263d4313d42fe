import { describe, expect, it } from "vitest"
import { testDevice } from "#testing"
import type { Device } from "../device/device.ts"
import * as library from "../index.ts"
import { PackedMatrix } from "../matrix/packed-matrix.ts"
import { Tensor } from "../tensor/tensor.ts"

type Result = Tensor | Record<string, Tensor>
interface Inputs {
  device: Device
  zeros(...shape: number[]): Tensor
  integers(...shape: number[]): Tensor
  packed(rows: number, columns: number): PackedMatrix
}

/** Every operation of the package once, with inputs of the smallest shapes that make sense. */
const operations: Record<string, (inputs: Inputs) => Result> = {
  activation: ({ zeros }) => library.activation(zeros(5), "gelu"),
  add: ({ zeros }) => library.add(zeros(2, 3), zeros(3)),
  addRmsNorm: ({ zeros }) => library.addRmsNorm(zeros(2, 4), zeros(2, 4), zeros(4), 1e-6),
  argMax: ({ zeros }) => library.argMax(zeros(2, 9)),
  attention: ({ zeros }) => library.attention(zeros(1, 3, 2, 8), zeros(1, 5, 1, 8), zeros(1, 5, 1, 8)),
  attentionRows: ({ zeros }) => library.attentionRows(zeros(2, 2, 8), zeros(3, 1, 8), [0, 2]),
  cast: ({ zeros }) => library.cast(zeros(3), "f16"),
  concat: ({ zeros }) => library.concat([zeros(2, 3), zeros(2, 1)], 1),
  dropout: ({ zeros }) => library.dropout(zeros(7), 0.5, 1),
  embedding: ({ integers, packed }) => library.embedding(integers(3), packed(40, 32)),
  exp: ({ zeros }) => library.exp(zeros(7)),
  gatedLinear: ({ zeros, packed }) => library.gatedLinear(zeros(1, 32), packed(40, 32), packed(40, 32)),
  gatherRows: ({ zeros, integers }) => library.gatherRows(zeros(3, 4), integers(2)),
  l2Normalize: ({ zeros }) => library.l2Normalize(zeros(2, 4)),
  layerNorm: ({ zeros }) => library.layerNorm(zeros(2, 4), zeros(4), zeros(4), 1e-5),
  linear: ({ zeros, packed }) => library.linear(zeros(9, 32), packed(40, 32), { bias: zeros(40) }),
  linearCrossEntropy: ({ zeros, integers }) =>
    library.linearCrossEntropy(zeros(5, 32), zeros(100, 32), integers(5), { vocabChunk: 32 }),
  linearTogether: ({ zeros, packed }) => {
    const [first, second] = library.linearTogether(zeros(1, 32), [packed(40, 32), packed(8, 32)])
    return { first: first!, second: second! }
  },
  logProbabilities: ({ zeros, integers }) => library.logProbabilities(zeros(2, 9), integers(2)),
  logSoftmax: ({ zeros }) => library.logSoftmax(zeros(2, 9)),
  matmul: ({ zeros }) => library.matmul(zeros(3, 4), zeros(4, 5)),
  max: ({ zeros }) => library.max(zeros(3, 4), 0),
  mean: ({ zeros }) => library.mean(zeros(3, 4)),
  multiply: ({ zeros }) => library.multiply(zeros(3), zeros(3)),
  pagedAttention: ({ zeros, integers }) =>
    library.pagedAttention(zeros(2, 1, 2, 8), zeros(3, 4, 1, 8), zeros(3, 4, 1, 8), {
      pages: integers(2, 1),
      keyLengths: integers(2),
      queryStarts: integers(3),
      queryTokens: 1,
    }),
  patchEmbedding: ({ zeros }) => library.patchEmbedding(zeros(1, 3, 8, 8), zeros(16, 3, 4, 4)),
  rmsNorm: ({ zeros }) => library.rmsNorm(zeros(2, 4), zeros(4), 1e-6),
  rotary: ({ device, zeros, integers }) => {
    using table = library.ropeTable(device, { headSize: 8, base: 10000, maxPositions: 4 })
    return library.rotary(zeros(1, 2, 1, 8), table, integers(1, 2))
  },
  rotaryIntoCache: ({ device, zeros, integers }) => {
    using table = library.ropeTable(device, { headSize: 8, base: 10000, maxPositions: 4 })
    return library.rotaryIntoCache({
      query: zeros(1, 2, 2, 8),
      key: zeros(1, 2, 1, 8),
      value: zeros(1, 2, 1, 8),
      table,
      positions: integers(1, 2),
      cacheKey: zeros(1, 4, 1, 8),
      cacheValue: zeros(1, 4, 1, 8),
      places: { offsets: integers(1) },
    })
  },
  scale: ({ zeros }) => library.scale(zeros(3), 2),
  siluProduct: ({ zeros }) => library.siluProduct(zeros(3), zeros(3)),
  slice: ({ zeros }) => library.slice(zeros(3, 4), 1, 1, 3),
  softmax: ({ zeros }) => library.softmax(zeros(2, 9)),
  splice: ({ zeros, integers }) => library.splice(zeros(2, 4), zeros(3, 4), integers(5)),
  sum: ({ zeros }) => library.sum(zeros(3, 4), 1),
  topK: ({ zeros }) => library.topK(zeros(2, 9), 3),
  transpose: ({ zeros }) => library.transpose(zeros(2, 3), [1, 0]),
  writeRows: ({ zeros, integers }) => {
    library.writeRows(zeros(1, 4, 1, 8), zeros(1, 2, 1, 8), { offsets: integers(1), lengths: integers(1) })
    return {}
  },
}

/** Exported functions in lower case that are no operations. */
const others = ["bufferWindow", "defineKernel", "elementCount", "expectDtype", "expectShape", "group", "lastAxis"]
const alsoOthers = [
  "clipGradients",
  "forwardGated",
  "forwardTogether",
  "learningRateFactor",
  "openDevice",
  "planningDevice",
  "recompute",
  "recordGradient",
  "refuseGradient",
  "ropeTable",
  "shapesEqual",
  "workgroupGrid",
  "expectWords",
]

describe("live buffers", () => {
  it("are counted here for every operation that the package exports", () => {
    const exported = Object.entries(library)
      .filter(([name, value]) => typeof value === "function" && /^[a-z]/.test(name))
      .map(([name]) => name)
      .filter((name) => !others.includes(name) && !alsoOthers.includes(name))
    expect(Object.keys(operations).sort()).toEqual(exported.sort())
  })

  it.each(Object.keys(operations))("%s leaves nothing but its result", async (name) => {
    const device = await testDevice()
    const { liveBuffers } = device.memory
    const inputs: (Tensor | PackedMatrix)[] = []
    const made = <T extends Tensor | PackedMatrix>(input: T): T => {
      inputs.push(input)
      return input
    }
    const result = operations[name]!({
      device,
      zeros: (...shape) => made(Tensor.zeros(device, shape)),
      integers: (...shape) => made(Tensor.zeros(device, shape, "i32")),
      packed: (rows, columns) => made(PackedMatrix.create(device, "f32", rows, columns)),
    })
    const results = result instanceof Tensor ? [result] : Object.values(result)
    const buffersOf = (input: Tensor | PackedMatrix) => (input instanceof PackedMatrix ? input.parts.length : 1)
    const expected = inputs.reduce((sum, input) => sum + buffersOf(input), results.length)
    expect(device.memory.liveBuffers - liveBuffers).toBe(expected)
    for (const tensor of [...inputs, ...results]) tensor.dispose()
    expect(device.memory.liveBuffers).toBe(liveBuffers)
    await device.synchronize()
  })
})
