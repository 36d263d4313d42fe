import type { Tensor } from "../tensor/tensor.ts"

/**
 * The backward pass of one operation: from the gradient of its output to those of its inputs, in their order and
 * shapes. Inputs that are not `wanted` need no work; what is returned for them is ignored. Tensors made in a rule are
 * released after it.
 */
export type GradientRule<Saved extends readonly Tensor[]> = (
  gradient: Tensor,
  saved: Saved,
  wanted: readonly boolean[],
) => readonly (Tensor | undefined)[]
