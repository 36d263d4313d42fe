import type { Shape } from "../tensor/shape.ts"
import { elementCount } from "../tensor/shape.ts"
import type { Tensor } from "../tensor/tensor.ts"
import { sum } from "./sum.ts"

/** Sums over the leading axes, so that `shape`, the last axes of x, is left: what undoes a repetition over them. */
export function sumLeading(x: Tensor, shape: Shape): Tensor {
  if (x.shape.length === shape.length) return x
  return sum(x.reshape([-1, elementCount(shape)]), 0).reshape(shape)
}
