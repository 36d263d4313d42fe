import { TensorError } from "../error/tensor-error.ts"
import type { Tensor } from "../tensor/tensor.ts"
import { isRecorded } from "./is-recorded.ts"

/** Throws "no-gradient" where gradients should flow through an operation that has no rule for them. */
export function refuseGradient(operation: string, inputs: readonly (Tensor | undefined)[], fix: string): void {
  if (!isRecorded(inputs)) return
  throw new TensorError(`${operation} has no gradient.`, { code: "no-gradient", fix })
}
