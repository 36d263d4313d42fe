import { blockLayout } from "./dtype/block-layout.ts"
import type { StoredTensor } from "./stored-tensor.ts"

/**
 * The bytes of a stored tensor in pieces of at most `chunkBytes`, each a whole number of blocks: for decoding piece by
 * piece, for upload, or to copy a tensor: `{ ...tensor, bytes: () => storedTensorChunks(tensor) }`.
 */
export async function* storedTensorChunks(tensor: StoredTensor, chunkBytes = 1 << 24): AsyncGenerator<Uint8Array> {
  const block = blockLayout(tensor.dtype).bytes
  const step = Math.max(1, Math.floor(chunkBytes / block)) * block
  for (let begin = 0; begin < tensor.byteLength; begin += step)
    yield await tensor.read(begin, Math.min(tensor.byteLength, begin + step))
}
