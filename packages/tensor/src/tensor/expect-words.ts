import { TensorError } from "../error/tensor-error.ts"
import { bytesPerElement } from "./dtype.ts"
import type { Tensor } from "./tensor.ts"

/** Throws "dtype" unless elements are 32-bit words, which is what data movement moves. */
export function expectWords(operation: string, tensor: Tensor): void {
  if (bytesPerElement[tensor.dtype] === 4) return
  throw new TensorError(`${operation}: ${tensor.dtype} elements cannot be moved one by one.`, {
    code: "dtype",
    fix: "Cast to f32 first.",
  })
}
