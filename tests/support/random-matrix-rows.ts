import type { MatrixFormat } from "@llava/tensor"
import { randomValues } from "./random.ts"

const blockBytes = { q8_0: 34, q4_0: 18, q4_1: 20 }

/** Seeded rows of a weight matrix as files have them: elements, or blocks with random quants and small scales. */
export function randomMatrixRows(format: MatrixFormat, rows: number, columns: number, seed = 1): Uint8Array {
  const values = randomValues(rows * columns, seed)
  if (format === "f32") return new Uint8Array(values.buffer)
  if (format === "f16") return new Uint8Array(new Float16Array(values).buffer)
  const size = blockBytes[format]
  const blocks = (rows * columns) / 32
  const bytes = Uint8Array.from(randomValues(blocks * size, seed), (value) => Math.floor((value + 3) * 1000) & 255)
  const view = new DataView(bytes.buffer)
  for (let block = 0; block < blocks; block++) {
    view.setFloat16(block * size, values[block]! / 64, true)
    if (format === "q4_1") view.setFloat16(block * size + 2, values[block + blocks]! / 8, true)
  }
  return bytes
}
