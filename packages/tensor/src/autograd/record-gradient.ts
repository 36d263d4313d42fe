import type { Tensor } from "../tensor/tensor.ts"
import type { GradientRule } from "./gradient-rule.ts"
import { isRecorded } from "./is-recorded.ts"

/**
 * What every differentiable operation ends with: if a tape is recording and an input depends on something trained, the
 * rule is kept, and the `saved` tensors stay alive until it has run. Returns the output.
 */
export function recordGradient<const Saved extends readonly Tensor[]>(
  output: Tensor,
  inputs: readonly (Tensor | undefined)[],
  saved: Saved,
  rule: GradientRule<Saved>,
): Tensor {
  if (isRecorded(inputs)) output.device.tape?.record(output, inputs, saved, rule)
  return output
}
