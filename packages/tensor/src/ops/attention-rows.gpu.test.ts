import { describe, expect, it } from "vitest"
import { evaluate, expectClose, kernelVariants, randomValues, testDevice } from "#testing"
import { Tensor } from "../tensor/tensor.ts"
import { attentionRows, attentionRowsReference } from "./attention-rows.ts"

describe.each(kernelVariants)("attentionRows (%s kernels)", (kernels) => {
  it.each([
    { rows: 1, tokens: 1, heads: 1, kvHeads: 1, headSize: 4 },
    { rows: 3, tokens: 7, heads: 2, kvHeads: 2, headSize: 8 },
    { rows: 5, tokens: 33, heads: 6, kvHeads: 2, headSize: 6 },
    { rows: 20, tokens: 120, heads: 8, kvHeads: 1, headSize: 64 },
  ])("equals its reference, and rows sum to 1: %j", async (sizes) => {
    const { rows, tokens, heads, kvHeads, headSize } = sizes
    const device = await testDevice(kernels)
    const query = randomValues(rows * heads * headSize, 1).map((x) => x * 3)
    const key = randomValues(tokens * kvHeads * headSize, 2).map((x) => x * 3)
    const positions = Array.from({ length: rows }, (_, row) => tokens - rows + row)
    const result = await evaluate(device, () =>
      attentionRows(
        Tensor.from(device, query, [rows, heads, headSize]),
        Tensor.from(device, key, [tokens, kvHeads, headSize]),
        positions,
      ),
    )
    expectClose(result, attentionRowsReference({ query, key, positions, ...sizes }), 1e-5)
    for (const [row, position] of positions.entries()) {
      const values = result.slice(row * tokens, (row + 1) * tokens)
      expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5)
      expect(values.slice(position + 1).every((value) => value === 0)).toBe(true)
    }
  })

  it("refuses operands that do not fit together", async () => {
    const device = await testDevice(kernels)
    using query = Tensor.zeros(device, [2, 3, 4])
    using key = Tensor.zeros(device, [5, 2, 4])
    using flat = Tensor.zeros(device, [5, 8])
    const refused = expect.objectContaining({ code: "shape-mismatch" })
    expect(() => attentionRows(query, key, [3, 4])).toThrow(refused)
    expect(() => attentionRows(query, query, [0])).toThrow(refused)
    expect(() => attentionRows(query, flat, [0, 1])).toThrow(refused)
  })
})
