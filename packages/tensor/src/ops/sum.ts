import { recordGradient } from "../autograd/record-gradient.ts"
import type { Tensor } from "../tensor/tensor.ts"
import { reduce } from "./reduce.ts"
import { repeat } from "./repeat.ts"

/** Sum along an axis, which disappears (negative ones count from the end), or of all elements: shape `[]`. f32. */
export function sum(x: Tensor, axis?: number): Tensor {
  return recordGradient(reduce("sum", "sum", x, axis), [x], [], (gradient) => [repeat(gradient, x.shape, axis)])
}
