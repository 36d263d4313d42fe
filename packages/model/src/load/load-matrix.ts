import { blockLayout, decodeTensorBytes, encodeBlocks, findFloat16Overflow, type StoredTensor } from "@llava/checkpoint"
import { type Device, type MatrixFormat, PackedMatrix } from "@llava/tensor"
import { ModelError } from "../model-error.ts"
import { matrixFormatFor, storedFormOf, type WeightDType } from "./weight-dtype.ts"
import type { WeightEntry } from "./weight-entry.ts"

const PANEL_ROWS = 32
/** Bytes read from the file at a time. */
const CHUNK_BYTES = 8 * 2 ** 20

/** A value that f16 cannot hold, met while streaming. */
class DoesNotFitF16 extends Error {}

/** Streams one matrix `[out, in]` into a `PackedMatrix`, converting where file and GPU differ. */
export async function loadMatrix(
  device: Device,
  entry: WeightEntry,
  dtype: WeightDType,
  uploaded: (bytes: number) => Promise<void>,
): Promise<PackedMatrix> {
  const format = matrixFormatFor(entry.stored.dtype, entry.stored.shape[1]!, dtype)
  try {
    return await streamMatrix(device, entry, format, uploaded)
  } catch (error) {
    if (!(error instanceof DoesNotFitF16)) throw error
    if (dtype === "auto" || dtype === "unquantised") return streamMatrix(device, entry, "f32", uploaded)
    throw new ModelError(`${entry.stored.file}: '${entry.stored.name}' has values that f16 cannot hold.`, {
      code: "f16-overflow",
      fix: "Load it with dtype auto or f32.",
    })
  }
}

async function streamMatrix(
  device: Device,
  entry: WeightEntry,
  format: MatrixFormat,
  uploaded: (bytes: number) => Promise<void>,
): Promise<PackedMatrix> {
  const [rows, columns] = entry.stored.shape as [number, number]
  const matrix = PackedMatrix.create(device, format, rows, columns)
  try {
    const chunkRows = Math.max(PANEL_ROWS, Math.floor(CHUNK_BYTES / (columns * 4) / PANEL_ROWS) * PANEL_ROWS)
    for (let row = 0; row < rows; row += chunkRows) {
      const end = Math.min(row + chunkRows, rows)
      const bytes = await convertRows(entry, format, row, end)
      matrix.writeRows(row, bytes)
      await uploaded(bytes.byteLength)
    }
    return matrix
  } catch (error) {
    matrix.dispose()
    throw error
  }
}

/** Rows `[begin, end)` in the form of the GPU format. */
async function convertRows(entry: WeightEntry, format: MatrixFormat, begin: number, end: number): Promise<Uint8Array> {
  const { stored, base } = entry
  const bytes = await readRows(entry, begin, end)
  if (stored.dtype === storedFormOf[format] && !base) return bytes
  const values = decodeTensorBytes(stored.dtype, bytes)
  if (base) await addBase(values, base, begin, end)
  if (format === "f16" && findFloat16Overflow(values) !== -1) throw new DoesNotFitF16()
  return encodeBlocks(storedFormOf[format], values)
}

async function readRows({ stored, rowOrder }: WeightEntry, begin: number, end: number): Promise<Uint8Array> {
  const rowBytes = stored.byteLength / stored.shape[0]!
  if (!rowOrder) return stored.read(begin * rowBytes, end * rowBytes)
  // The order moves rows within a head only, so the rows needed stand close together.
  const sources = rowOrder.subarray(begin, end)
  const first = sources.reduce((least, row) => Math.min(least, row))
  const last = sources.reduce((most, row) => Math.max(most, row))
  const window = await stored.read(first * rowBytes, (last + 1) * rowBytes)
  const ordered = new Uint8Array((end - begin) * rowBytes)
  for (const [row, source] of sources.entries()) {
    const at = (source - first) * rowBytes
    ordered.set(window.subarray(at, at + rowBytes), row * rowBytes)
  }
  return ordered
}

/** Delta weights: rows that the base lacks (new tokens) stay as they are. */
async function addBase(values: Float32Array, base: StoredTensor, begin: number, end: number): Promise<void> {
  const last = Math.min(end, base.shape[0]!)
  if (last <= begin) return
  const rowBytes = (base.shape[1]! / blockLayout(base.dtype).elements) * blockLayout(base.dtype).bytes
  const added = decodeTensorBytes(base.dtype, await base.read(begin * rowBytes, last * rowBytes))
  for (let i = 0; i < added.length; i++) values[i]! += added[i]!
}
