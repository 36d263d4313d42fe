import { recordGradient } from "../autograd/record-gradient.ts"
import type { Tensor } from "../tensor/tensor.ts"
import { binary } from "./binary.ts"
import { sumLeading } from "./sum-leading.ts"

/** a + b, f32. The shape of b is that of a, or of its last axes: then b repeats over the leading ones. */
export function add(a: Tensor, b: Tensor): Tensor {
  return recordGradient(binary("add", "+", a, b), [a, b], [], (gradient, _, wanted) => [
    gradient,
    wanted[1] ? sumLeading(gradient, b.shape) : undefined,
  ])
}

/** `add` in float64. */
export function addReference(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: a.length }, (_, i) => a[i]! + b[i % b.length]!)
}
