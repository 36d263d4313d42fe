import { TensorError } from "../error/tensor-error.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { MAX_TOP, topKKernel } from "../kernels/top-k.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { lastAxis } from "../tensor/last-axis.ts"
import { Tensor } from "../tensor/tensor.ts"

/**
 * The k largest elements along the last axis, in descending order; the lower index goes first among equals, NaN comes
 * last. f32 `[..., size]` -> values f32 and indices i32 `[..., k]`. Errors: "limit-exceeded" for k above 256.
 */
export function topK(x: Tensor, k: number): { values: Tensor; indices: Tensor } {
  const { rows, size } = lastAxis("topK", x)
  expectDtype("topK", "x", x, "f32")
  if (!Number.isInteger(k) || k < 1 || k > size) {
    throw new TensorError(`topK: ${k} of ${size} elements.`, { code: "shape-mismatch" })
  }
  if (k > MAX_TOP) throw new TensorError(`topK: k is ${k}, at most ${MAX_TOP}.`, { code: "limit-exceeded" })
  const shape = x.shape.with(-1, k)
  const values = Tensor.empty(x.device, shape)
  const indices = Tensor.empty(x.device, shape, "i32")
  x.device.run(topKKernel, {
    bindings: [x.buffer, values.buffer, indices.buffer],
    params: [rows, size, k],
    workgroups: workgroupGrid(x.device, rows),
  })
  return { values, indices }
}

/** The indices that `topK` gives one row, by sorting. */
export function topKReference(row: ArrayLike<number>, k: number): number[] {
  const rank = (index: number) => (Number.isNaN(row[index]) ? Number.NEGATIVE_INFINITY : row[index]!)
  const first = (index: number) => Number(Number.isNaN(row[index]))
  const order = Array.from({ length: row.length }, (_, index) => index)
  // Subtracting equal infinities would give NaN, hence the comparison.
  order.sort((a, b) => first(a) - first(b) || (rank(a) === rank(b) ? a - b : rank(b) - rank(a)))
  return order.slice(0, k)
}
