import { bufferWindow } from "../device/buffer-window.ts"
import type { Binding, Device } from "../device/device.ts"
import { TensorError } from "../error/tensor-error.ts"
import { PANEL_ROWS, PackedMatrix } from "../matrix/packed-matrix.ts"
import { bytesPerElement } from "../tensor/dtype.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import type { Tensor } from "../tensor/tensor.ts"
import type { WeightKind } from "./matmul-weights.ts"

/** Windows of dense rows begin at multiples of this many rows, so that their offsets are multiples of 256 bytes. */
export const ROW_GRANULE = 128

/** Consecutive rows of a weight matrix `[out, in]` that one dispatch can bind. */
export interface WeightPart {
  readonly firstRow: number
  readonly rows: number
  /** The panel of the first row, for packed matrices. */
  readonly panel: number
  /** Words (elements, for dense tensors), then scales where the format has them. */
  readonly bindings: readonly Binding[]
}

/** B of a product, taken from the rows `[begin, end)` of a weight matrix `[out, in]` as columns. */
export interface WeightOperand {
  readonly kind: WeightKind
  readonly parts: readonly WeightPart[]
  /** 32-bit words in a row of a packed matrix, else 0. */
  readonly groups: number
}

export function weightOperand(weight: Tensor | PackedMatrix, begin: number, end: number): WeightOperand {
  const parts = weightParts(weight, begin, end)
  if (weight instanceof PackedMatrix) return { kind: weight.format, parts, groups: weight.groups }
  return { kind: weight.dtype === "f16" ? "dense_nk_f16" : "dense_nk", parts, groups: 0 }
}

/** `[out, in]` of a weight. Errors: "shape-mismatch" where it is no matrix, "dtype-mismatch" where it is integers. */
export function weightShape(
  operation: string,
  weight: Tensor | PackedMatrix,
): readonly [rows: number, columns: number] {
  if (weight instanceof PackedMatrix) return weight.shape
  const [rows, columns, ...rest] = weight.shape
  if (rows === undefined || columns === undefined || rest.length > 0) {
    throw new TensorError(`${operation}: weight has shape [${weight.shape}], expected a matrix [out, in].`, {
      code: "shape-mismatch",
    })
  }
  if (weight.dtype !== "f16") expectDtype(operation, "weight", weight, "f32")
  return [rows, columns]
}

/**
 * Splits the rows `[begin, end)` of a weight matrix into parts. `begin` must be a multiple of 128. Errors:
 * "limit-exceeded" where not even 128 rows of a dense tensor fit a binding.
 */
function weightParts(weight: Tensor | PackedMatrix, begin: number, end: number): WeightPart[] {
  return weight instanceof PackedMatrix ? packedParts(weight, begin, end) : denseParts(weight, begin, end)
}

function packedParts(matrix: PackedMatrix, begin: number, end: number): WeightPart[] {
  const parts: WeightPart[] = []
  for (const part of matrix.parts) {
    const firstRow = Math.max(begin, part.firstRow)
    const lastRow = Math.min(end, part.firstRow + part.rows)
    if (firstRow >= lastRow) continue
    const bindings = part.scales ? [part.words, part.scales] : [part.words]
    parts.push({ firstRow, rows: lastRow - firstRow, panel: (firstRow - part.firstRow) / PANEL_ROWS, bindings })
  }
  return parts
}

function denseParts(weight: Tensor, begin: number, end: number): WeightPart[] {
  const { device, buffer } = weight
  const columns = weight.shape[1]!
  const rowBytes = columns * bytesPerElement[weight.dtype]
  const limit = device.limits.maxStorageBufferBindingSize
  if (begin === 0 && buffer.size <= limit) return [{ firstRow: 0, rows: end, panel: 0, bindings: [buffer] }]
  const rowsPerPart = rowsPerBinding(device, rowBytes, "weight")
  const parts: WeightPart[] = []
  for (let firstRow = begin; firstRow < end; firstRow += rowsPerPart) {
    const rows = Math.min(rowsPerPart, end - firstRow)
    const binding = bufferWindow(device, buffer, firstRow * rowBytes, rows * rowBytes)
    parts.push({ firstRow, rows, panel: 0, bindings: [binding] })
  }
  return parts
}

/** Rows that fit one binding, a multiple of 128. Throws "limit-exceeded" where there are none. */
export function rowsPerBinding(device: Device, rowBytes: number, operand: string): number {
  const limit = device.limits.maxStorageBufferBindingSize
  const rows = Math.floor(limit / rowBytes / ROW_GRANULE) * ROW_GRANULE
  if (rows > 0) return rows
  throw new TensorError(
    `${ROW_GRANULE} rows of ${rowBytes} bytes (${operand}) exceed maxStorageBufferBindingSize (${limit}).`,
    {
      code: "limit-exceeded",
      fix: "This adapter cannot hold so wide a matrix.",
    },
  )
}
