import { halfToFloat } from "./half.ts"
import { type MatrixFormat, matrixFormats } from "./matrix-format.ts"

const PANEL_ROWS = 32

export interface PackedPanels {
  readonly words: Uint32Array
  readonly scales: Float32Array | undefined
  readonly wordBytesPerPanel: number
  readonly scaleBytesPerPanel: number
}

/**
 * Rearranges rows as files have them into panels: word `(panel * groups + group) * 32 + row % 32` holds `perWord`
 * consecutive inputs of the row, the first in the low bits. Rows and inputs past the end are zero.
 */
export function packPanels(format: MatrixFormat, bytes: Uint8Array, rows: number, columns: number): PackedPanels {
  const { perWord, scaleWords } = matrixFormats[format]
  const groups = Math.ceil(columns / perWord / 4) * 4
  const panels = Math.ceil(rows / PANEL_ROWS)
  const words = new Uint32Array(panels * groups * PANEL_ROWS)
  const blocks = scaleWords > 0 ? columns / 32 : 0
  const scales = scaleWords > 0 ? new Float32Array(panels * blocks * scaleWords * PANEL_ROWS) : undefined
  for (let row = 0; row < rows; row++) {
    const panel = Math.floor(row / PANEL_ROWS)
    const target = panel * groups * PANEL_ROWS + (row % PANEL_ROWS)
    if (!scales) packPlainRow(format, bytes, row, columns, words, target)
    else {
      const scaleTarget = panel * blocks * scaleWords * PANEL_ROWS + (row % PANEL_ROWS)
      packBlockRow(format, bytes, row, blocks, words, target, scales, scaleTarget)
    }
  }
  return {
    words,
    scales,
    wordBytesPerPanel: groups * PANEL_ROWS * 4,
    scaleBytesPerPanel: blocks * scaleWords * PANEL_ROWS * 4,
  }
}

function packPlainRow(
  format: MatrixFormat,
  bytes: Uint8Array,
  row: number,
  columns: number,
  words: Uint32Array,
  target: number,
): void {
  const elementBytes = format === "f32" ? 4 : 2
  const view = new DataView(bytes.buffer, bytes.byteOffset + row * columns * elementBytes, columns * elementBytes)
  let at = target
  if (format === "f32") {
    for (let column = 0; column < columns; column++, at += PANEL_ROWS) words[at] = view.getUint32(column * 4, true)
    return
  }
  const pairs = columns >> 1
  for (let pair = 0; pair < pairs; pair++, at += PANEL_ROWS) words[at] = view.getUint32(pair * 4, true)
  if (columns % 2 === 1) words[at] = view.getUint16(pairs * 4, true)
}

function packBlockRow(
  format: MatrixFormat,
  bytes: Uint8Array,
  row: number,
  blocks: number,
  words: Uint32Array,
  target: number,
  scales: Float32Array,
  scaleTarget: number,
): void {
  const { blockBytes } = matrixFormats[format]
  const view = new DataView(bytes.buffer, bytes.byteOffset + row * blocks * blockBytes, blocks * blockBytes)
  let at = target
  let scaleAt = scaleTarget
  for (let block = 0; block < blocks; block++) {
    const base = block * blockBytes
    scales[scaleAt] = halfToFloat(view.getUint16(base, true))
    scaleAt += PANEL_ROWS
    if (format === "q8_0") {
      for (let word = 0; word < 8; word++, at += PANEL_ROWS) words[at] = view.getUint32(base + 2 + word * 4, true)
      continue
    }
    let start = base + 2
    if (format === "q4_1") {
      scales[scaleAt] = halfToFloat(view.getUint16(base + 2, true))
      scaleAt += PANEL_ROWS
      start += 2
    }
    // A byte of a 4-bit block holds inputs i (low) and i + 16 (high); words hold eight consecutive inputs.
    for (let half = 0; half < 2; half++) {
      for (let word = 0; word < 2; word++, at += PANEL_ROWS) {
        let packed = 0
        for (let i = 0; i < 8; i++) {
          const byte = view.getUint8(start + word * 8 + i)
          packed |= ((half === 0 ? byte & 15 : byte >> 4) & 15) << (4 * i)
        }
        words[at] = packed >>> 0
      }
    }
  }
}
