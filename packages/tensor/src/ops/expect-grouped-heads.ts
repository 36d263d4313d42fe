import { TensorError } from "../error/tensor-error.ts"

/** Query heads must divide evenly among those of keys and values. Errors: "shape-mismatch". */
export function expectGroupedHeads(caller: string, heads: number, kvHeads: number): void {
  if (heads % kvHeads === 0) return
  throw new TensorError(`${caller}: ${heads} query heads do not divide among ${kvHeads} key-value heads.`, {
    code: "shape-mismatch",
  })
}
