import { PackedMatrix } from "../matrix/packed-matrix.ts"
import { unpackMatrix } from "../matrix/unpack-matrix.ts"
import type { Tensor } from "../tensor/tensor.ts"
import { cast } from "./cast.ts"
import { slice } from "./slice.ts"

/** Rows `[begin, end)` of a weight matrix `[out, in]` as dense f32, `[end - begin, in]`. */
export function denseRows(weight: Tensor | PackedMatrix, begin: number, end: number): Tensor {
  if (weight instanceof PackedMatrix) return unpackMatrix(weight, begin, end)
  const dense = weight.dtype === "f16" ? cast(weight, "f32") : weight
  return begin === 0 && end === weight.shape[0] ? dense : slice(dense, 0, begin, end)
}
