import { embedding } from "../ops/embedding.ts"
import { Tensor } from "../tensor/tensor.ts"
import type { PackedMatrix } from "./packed-matrix.ts"

/** Rows `[begin, end)` of a packed matrix as a dense f32 tensor `[end - begin, in]`, on the GPU. */
export function unpackMatrix(matrix: PackedMatrix, begin = 0, end = matrix.shape[0]): Tensor {
  const rows = Int32Array.from({ length: end - begin }, (_, i) => begin + i)
  using ids = Tensor.from(matrix.device, rows, [rows.length])
  return embedding(ids, matrix)
}
