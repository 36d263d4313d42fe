import type { Tensor } from "../tensor/tensor.ts"
import { reduce } from "./reduce.ts"

/** Sum along an axis, which disappears (negative ones count from the end), or of all elements: shape `[]`. f32. */
export function sum(x: Tensor, axis?: number): Tensor {
  return reduce("sum", "sum", x, axis)
}
