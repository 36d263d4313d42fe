import type { Tensor } from "../tensor/tensor.ts"
import { turnedMatrix } from "./turned-matrix.ts"
import type { WeightOperand } from "./weight-parts.ts"

/** B of a product of `rows` rows, from a dense matrix `[columns, k]` turned to `[k, columns]`, where that is faster. */
export function turnedOperand(
  weight: Tensor,
  { rows, k, columns }: { rows: number; k: number; columns: number },
): (WeightOperand & Disposable) | undefined {
  const turned = turnedMatrix(weight, { rows: columns, columns: k, uses: rows })
  return (
    turned && {
      kind: "dense_kn",
      parts: [{ firstRow: 0, rows: columns, panel: 0, bindings: [turned.buffer] }],
      groups: 0,
      [Symbol.dispose]: () => turned.dispose(),
    }
  )
}
