import type { Tensor } from "../tensor/tensor.ts"
import { reduce } from "./reduce.ts"

/** Mean along an axis, which disappears (negative ones count from the end), or of all elements: shape `[]`. f32. */
export function mean(x: Tensor, axis?: number): Tensor {
  return reduce("mean", "sum", x, axis)
}
