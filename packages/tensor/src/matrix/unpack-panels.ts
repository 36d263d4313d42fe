import { halfToFloat } from "./half.ts"
import { matrixFormats } from "./matrix-format.ts"
import type { MatrixPart, PackedMatrix } from "./packed-matrix.ts"

const PANEL_ROWS = 32

/** Reads rows of a packed matrix back and undoes the packing: f32 `[count, in]`. */
export async function unpackPanels(matrix: PackedMatrix, firstRow: number, count: number): Promise<Float32Array> {
  const columns = matrix.shape[1]
  const values = new Float32Array(count * columns)
  for (const part of matrix.parts) {
    const begin = Math.max(firstRow, part.firstRow)
    const end = Math.min(firstRow + count, part.firstRow + part.rows)
    if (begin < end) await unpackPart(matrix, part, begin, end, values.subarray((begin - firstRow) * columns))
  }
  return values
}

async function unpackPart(
  matrix: PackedMatrix,
  part: MatrixPart,
  begin: number,
  end: number,
  values: Float32Array,
): Promise<void> {
  const { perWord, scaleWords } = matrixFormats[matrix.format]
  const columns = matrix.shape[1]
  const panelWords = matrix.groups * PANEL_ROWS
  const blocks = scaleWords > 0 ? columns / 32 : 0
  const firstPanel = Math.floor((begin - part.firstRow) / PANEL_ROWS)
  const panels = Math.ceil((end - part.firstRow) / PANEL_ROWS) - firstPanel
  const words = new Uint32Array(
    await matrix.device.read(part.words, panels * panelWords * 4, firstPanel * panelWords * 4),
  )
  const panelScales = blocks * scaleWords * PANEL_ROWS
  const scales = part.scales
    ? new Float32Array(await matrix.device.read(part.scales, panels * panelScales * 4, firstPanel * panelScales * 4))
    : new Float32Array(0)
  const floats = new Float32Array(words.buffer)
  for (let row = begin; row < end; row++) {
    const within = row - part.firstRow - firstPanel * PANEL_ROWS
    const panel = Math.floor(within / PANEL_ROWS)
    const lane = within % PANEL_ROWS
    const target = (row - begin) * columns
    for (let column = 0; column < columns; column++) {
      const at = panel * panelWords + Math.floor(column / perWord) * PANEL_ROWS + lane
      const word = words[at]!
      const slot = column % perWord
      if (matrix.format === "f32") {
        values[target + column] = floats[at]!
        continue
      }
      if (matrix.format === "f16") {
        values[target + column] = halfToFloat((word >>> (16 * slot)) & 0xffff)
        continue
      }
      const scaleAt = panel * panelScales + Math.floor(column / 32) * scaleWords * PANEL_ROWS + lane
      const scale = scales[scaleAt]!
      if (matrix.format === "q8_0") values[target + column] = ((word << (24 - 8 * slot)) >> 24) * scale
      else {
        const quant = (word >>> (4 * slot)) & 15
        const product = matrix.format === "q4_0" ? (quant - 8) * scale : Math.fround(quant * scale)
        values[target + column] = matrix.format === "q4_0" ? product : product + scales[scaleAt + PANEL_ROWS]!
      }
    }
  }
}
