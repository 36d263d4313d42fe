import type { Tensor } from "../tensor/tensor.ts"

/** Where gradients flow to: a recorded operation, or a leaf that keeps what it is given. */
export interface GradientTarget {
  /** Adds a gradient of the tensor's shape; the caller keeps its own handle. */
  accumulate(gradient: Tensor): void
}
