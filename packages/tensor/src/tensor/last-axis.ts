import { TensorError } from "../error/tensor-error.ts"
import type { Tensor } from "./tensor.ts"

/** A tensor seen as rows along its last axis; throws "shape-mismatch" for a scalar. */
export function lastAxis(operation: string, x: Tensor): { rows: number; size: number } {
  const size = x.shape.at(-1)
  if (size === undefined) {
    throw new TensorError(`${operation}: a scalar has no last axis.`, { code: "shape-mismatch" })
  }
  return { rows: size === 0 ? 0 : x.size / size, size }
}
