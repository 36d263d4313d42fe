import { expect, it } from "vitest"
import { matrixFormatFor } from "./weight-dtype.ts"

it.each([
  ["auto", { F32: "f32", F16: "f16", BF16: "f16", F64: "f32", Q4_1: "q4_1", Q8_0: "q8_0", Q6_K: "f16" }],
  ["unquantised", { F32: "f32", F16: "f16", BF16: "f16", F64: "f32", Q4_1: "f16", Q8_0: "f16", Q6_K: "f16" }],
  ["f32", { F16: "f32", Q4_1: "f32" }],
  ["q8_0", { F32: "q8_0", Q4_1: "q8_0" }],
] as const)("%s keeps matrices as", (wanted, expected) => {
  for (const [stored, format] of Object.entries(expected)) {
    expect(matrixFormatFor(stored as keyof typeof expected, 64, wanted), stored).toBe(format)
  }
})
