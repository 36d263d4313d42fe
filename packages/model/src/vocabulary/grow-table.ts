import { encodeBlocks } from "@llava/checkpoint"
import { type Device, type MatrixFormat, PackedMatrix, type Parameter, Tensor } from "@llava/tensor"
import { storedFormOf } from "../load/weight-dtype.ts"
import { parameterBytes } from "../save/parameter-bytes.ts"

/** Which rows of a table are learned already, which ones are new, and how many there are to be. */
export interface TableGrowth {
  /** Rows of the tokens that there were. */
  known: number
  /** Of the new tokens; none of them among the known ones. */
  added: readonly number[]
  /** Rows of the grown table, at least as many as the table has. */
  rows: number
}

/**
 * A table `[vocabSize, hiddenSize]` with rows for new tokens, each of which begins as the mean of the known ones
 * (llava/model/llava_arch.py, initialize_vision_tokenizer). The old table stays as it is. A quantised one becomes f16,
 * because its new rows are to be learned.
 */
export async function growTable(device: Device, table: Parameter, growth: TableGrowth): Promise<Tensor | PackedMatrix> {
  const [before, width] = table.shape as readonly [number, number]
  const { value } = table
  const packed = value instanceof PackedMatrix ? value.format : undefined
  const format: MatrixFormat | undefined = packed?.startsWith("q") ? "f16" : packed
  const grown = format && PackedMatrix.create(device, format, growth.rows, width)
  if (device.profile.plansOnly) return grown ?? Tensor.empty(device, [growth.rows, width])
  const dense = grown ? undefined : new Float32Array(growth.rows * width)
  const sums = new Float64Array(width)
  try {
    let begin = 0
    for await (const bytes of parameterBytes(table, "F32")) {
      const old = new Float32Array(Uint8Array.from(bytes).buffer) // [rows of this piece, hiddenSize]
      addRows(sums, old.subarray(0, Math.max(0, growth.known - begin) * width))
      const end = begin + old.length / width
      const piece = new Float32Array(((end === before ? growth.rows : end) - begin) * width)
      piece.set(old)
      // The known rows come first: their mean is there once the first of the new ones is met.
      const mean = Float32Array.from(sums, (sum) => sum / growth.known)
      for (const id of growth.added)
        if (id >= begin && (id - begin) * width < piece.length) piece.set(mean, (id - begin) * width)
      if (grown && format) grown.writeRows(begin, encodeBlocks(storedFormOf[format], piece))
      else dense?.set(piece, begin * width)
      begin = end
    }
    return grown ?? Tensor.from(device, dense!, [growth.rows, width])
  } catch (error) {
    grown?.dispose()
    throw error
  }
}

function addRows(sums: Float64Array, values: Float32Array): void {
  for (let at = 0; at < values.length; at += sums.length) {
    for (let column = 0; column < sums.length; column++) sums[column]! += values[at + column]!
  }
}
