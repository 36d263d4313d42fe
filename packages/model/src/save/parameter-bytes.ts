import { encodeBlocks, float16ToFloat32 } from "@llava/checkpoint"
import { type LowRankAdapter, PackedMatrix, type Parameter, type Tensor } from "@llava/tensor"
import type { SavedDType } from "./saved-tensors.ts"

/** Rows read back at a time; a multiple of the 32 rows of a panel. */
const ROWS = 1024

/** The weights of a parameter as a file has them, an adapter's product added, read from the GPU in pieces. */
export async function* parameterBytes(
  { value }: Parameter,
  dtype: SavedDType,
  adapter?: LowRankAdapter,
): AsyncGenerator<Uint8Array> {
  if (!(value instanceof PackedMatrix)) {
    const values = await readFloats(value)
    if (adapter) await addRows(values, adapter, 0, value.shape[0]!)
    yield encodeBlocks(dtype, values)
    return
  }
  const rows = value.shape[0]
  for (let row = 0; row < rows; row += ROWS) {
    const end = Math.min(rows, row + ROWS)
    const values = await value.readRows(row, end - row)
    if (adapter) await addRows(values, adapter, row, end)
    yield encodeBlocks(dtype, values)
  }
}

async function addRows(values: Float32Array, adapter: LowRankAdapter, begin: number, end: number): Promise<void> {
  using delta = adapter.delta(begin, end).retain() // [end - begin, in]
  const added = (await delta.read()) as Float32Array
  for (let i = 0; i < added.length; i++) values[i]! += added[i]!
}

async function readFloats(tensor: Tensor): Promise<Float32Array> {
  const values = await tensor.read()
  return values instanceof Uint16Array ? float16ToFloat32(values) : (values as Float32Array)
}
