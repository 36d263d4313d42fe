import type { StoredDType, StoredTensor } from "../stored-tensor.ts"
import type { ByteSource } from "./byte-source.ts"
import { checkTensorRange } from "./check-tensor-range.ts"

/** A tensor that stands in one piece in its file, at byte `offset`. */
export function rangeTensor(
  source: ByteSource,
  tensor: { name: string; dtype: StoredDType; shape: readonly number[]; byteLength: number },
  offset: number,
): StoredTensor {
  const { name, dtype, shape, byteLength } = tensor
  return {
    name,
    dtype,
    shape,
    byteLength,
    file: source.name,
    async read(begin = 0, end = byteLength) {
      checkTensorRange(tensor, source.name, begin, end)
      return source.read(offset + begin, offset + end)
    },
  }
}
