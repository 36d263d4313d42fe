import { cast } from "../ops/cast.ts"
import { transpose } from "../ops/transpose.ts"
import { elementCount } from "../tensor/shape.ts"
import type { Tensor } from "../tensor/tensor.ts"

/** Uses of each element from which turning a matrix first is less work than reading it across. */
const WORTH_USES = 32

/**
 * A matrix `[rows, columns]` (or what is stored like one) turned to `[columns, rows]`, where that makes a product
 * faster in which each element is used `uses` times: on processors, whose kernels read operands row by row two to four
 * times as fast. In f32, for processors compute in nothing less. Not recorded; the caller disposes it.
 */
export function turnedMatrix(
  matrix: Tensor,
  { rows, columns, uses }: { rows: number; columns: number; uses: number },
): Tensor | undefined {
  const { device } = matrix
  const { software, subgroupSize } = device.profile
  const lanes = software && (subgroupSize === 4 || subgroupSize === 8)
  if (!lanes || uses < WORTH_USES || rows % 4 !== 0 || columns % 4 !== 0) return undefined
  if (elementCount([rows, columns]) * 4 > device.limits.maxStorageBufferBindingSize) return undefined
  return device.unrecorded(() => {
    using flat = matrix.reshape([rows, columns])
    if (matrix.dtype === "f32") return transpose(flat, [1, 0])
    using wide = cast(flat, "f32")
    return transpose(wide, [1, 0])
  })
}
