import { recordGradient } from "../autograd/record-gradient.ts"
import { RowLeaf } from "../autograd/row-leaf.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { embeddingKernel } from "../kernels/embedding.ts"
import { weightOperand, weightShape } from "../kernels/weight-parts.ts"
import type { PackedMatrix } from "../matrix/packed-matrix.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { Tensor } from "../tensor/tensor.ts"
import { scatterRows } from "./scatter-rows.ts"

/**
 * Rows of a table: ids i32 `[...]`, table `[count, size]` (f32, f16 or packed) -> f32 `[..., size]`.
 *
 * An id outside the table gives a row of NaN. Errors: "dtype-mismatch", "shape-mismatch".
 */
export function embedding(ids: Tensor, table: Tensor | PackedMatrix): Tensor {
  expectDtype("embedding", "ids", ids, "i32")
  const [count, size] = weightShape("embedding", table)
  const y = Tensor.empty(ids.device, [...ids.shape, size])
  const { kind, parts, groups } = weightOperand(table, 0, count)
  const units = Math.ceil(size / 4)
  const items = ids.size * units
  const kernel = embeddingKernel({ kind, aligned: size % 4 === 0 })
  for (const part of parts) {
    ids.device.run(kernel, {
      bindings: [ids.buffer, ...part.bindings, y.buffer],
      params: [items, units, size, part.firstRow, part.rows, count, groups, part.panel, Number.NaN],
      workgroups: workgroupGrid(ids.device, Math.ceil(items / 64)),
    })
  }
  const trained = table instanceof Tensor ? table : undefined
  const rows = trained?.target instanceof RowLeaf ? trained.target : undefined
  return recordGradient(y, [trained], [ids], (gradient, [ids]) => [
    rows ? scatterRows(gradient, rows.places(ids), rows.rows.length) : scatterRows(gradient, ids, count),
  ])
}

/** `embedding` on the CPU, the table dense `[count, size]`. */
export function embeddingReference(ids: ArrayLike<number>, table: ArrayLike<number>, size: number): Float64Array {
  const count = table.length / size
  return Float64Array.from({ length: ids.length * size }, (_, i) => {
    const id = ids[Math.floor(i / size)]!
    return id >= 0 && id < count ? table[id * size + (i % size)]! : Number.NaN
  })
}
