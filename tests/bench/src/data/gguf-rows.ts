import { BLOCK, type RandomMatrix } from "./random-matrix.ts"

/** The matrix as files have it, row after row: elements of f32 and f16, blocks of Q8_0 for int8 and Q4_0 for int4. */
export function ggufRows(matrix: RandomMatrix): Uint8Array {
  if (matrix.format === "f32" || matrix.format === "f16") {
    const { buffer, byteOffset, byteLength } = matrix.plain
    return new Uint8Array(buffer, byteOffset, byteLength)
  }
  const { quants, scales } = matrix.quantised
  const blockBytes = matrix.format === "int8" ? 34 : 18
  const bytes = new Uint8Array(scales.length * blockBytes)
  const halves = new Uint16Array(new Float16Array(scales).buffer)
  for (let block = 0; block < scales.length; block++) {
    const at = block * blockBytes
    bytes[at] = halves[block]! & 0xff
    bytes[at + 1] = halves[block]! >> 8
    const from = block * BLOCK
    if (matrix.format === "int8") {
      for (let i = 0; i < BLOCK; i++) bytes[at + 2 + i] = quants[from + i]! - 128
    } else {
      for (let i = 0; i < BLOCK / 2; i++) bytes[at + 2 + i] = quants[from + i]! | (quants[from + BLOCK / 2 + i]! << 4)
    }
  }
  return bytes
}
