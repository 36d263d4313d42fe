import { recordGradient } from "../autograd/record-gradient.ts"
import type { Tensor } from "../tensor/tensor.ts"
import { reduce } from "./reduce.ts"
import { repeat } from "./repeat.ts"
import { scale } from "./scale.ts"

/** Mean along an axis, which disappears (negative ones count from the end), or of all elements: shape `[]`. f32. */
export function mean(x: Tensor, axis?: number): Tensor {
  return recordGradient(reduce("mean", "sum", x, axis), [x], [], (gradient) => [
    scale(repeat(gradient, x.shape, axis), gradient.size / x.size),
  ])
}
