import { refuseGradient } from "../autograd/refuse-gradient.ts"
import type { Tensor } from "../tensor/tensor.ts"
import { reduce } from "./reduce.ts"

/** Largest element along an axis, which disappears (negative ones count from the end), or of all elements: shape `[]`. f32. */
export function max(x: Tensor, axis?: number): Tensor {
  refuseGradient("max", [x], "Use a sum, or a softmax.")
  return reduce("max", "max", x, axis)
}
