import { TensorError } from "../error/tensor-error.ts"
import type { DType } from "./dtype.ts"
import type { Tensor } from "./tensor.ts"

/** Throws "dtype-mismatch" naming the operation and the operand unless the tensor has this element type. */
export function expectDtype(operation: string, operand: string, tensor: Tensor, dtype: DType): void {
  if (tensor.dtype === dtype) return
  throw new TensorError(`${operation}: ${operand} is ${tensor.dtype}, expected ${dtype}.`, { code: "dtype-mismatch" })
}
