import { encodeBlocks, type TensorToWrite } from "@llava/checkpoint"
import type { SavedDType } from "./saved-tensors.ts"

/** Bytes made at a time. */
const CHUNK = 2 ** 22

/**
 * A second layer that changes nothing, for a projector of one: transformers' projectors have two, and compute the same
 * with this one and `projector_hidden_act: "linear"`. Given what is written of the first.
 */
export function identityLayer(first: readonly TensorToWrite[]): TensorToWrite[] {
  return first.map(({ name, dtype, shape }) => ({
    name: name.replace("linear_1.", "linear_2."),
    dtype,
    shape: shape.length === 1 ? shape : [shape[0]!, shape[0]!],
    bytes: () => diagonal(dtype as SavedDType, shape[0]!, shape.length === 1),
  }))
}

async function* diagonal(dtype: SavedDType, size: number, isBias: boolean): AsyncGenerator<Uint8Array> {
  if (isBias) {
    yield encodeBlocks(dtype, new Float32Array(size))
    return
  }
  const rows = Math.max(1, Math.floor(CHUNK / size / 4))
  for (let start = 0; start < size; start += rows) {
    const values = new Float32Array(Math.min(rows, size - start) * size)
    for (let at = start; at * size < start * size + values.length; at++) values[(at - start) * size + at] = 1
    yield encodeBlocks(dtype, values)
  }
}
