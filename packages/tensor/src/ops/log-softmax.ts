import type { Tensor } from "../tensor/tensor.ts"
import { alongRows } from "./softmax.ts"

/** Logarithm of the softmax along the last axis, f32 `[..., size]` -> `[..., size]`. */
export function logSoftmax(x: Tensor): Tensor {
  return alongRows("logSoftmax", x, true)
}

/** `logSoftmax` in float64, for rows of `size`. */
export function logSoftmaxReference(x: ArrayLike<number>, size: number): Float64Array {
  const y = new Float64Array(x.length)
  for (let start = 0; start < x.length; start += size) {
    let maximum = Number.NEGATIVE_INFINITY
    for (let i = 0; i < size; i++) maximum = Math.max(maximum, x[start + i]!)
    let total = 0
    for (let i = 0; i < size; i++) total += Math.exp(x[start + i]! - maximum)
    for (let i = 0; i < size; i++) y[start + i] = x[start + i]! - maximum - Math.log(total)
  }
  return y
}
