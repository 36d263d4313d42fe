import { TensorError } from "../error/tensor-error.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import type { Tensor } from "../tensor/tensor.ts"

/** The sizes of an operand of attention, f32 with four axes. Errors: "dtype-mismatch", "shape-mismatch". */
export function expectHeads(
  caller: string,
  operand: string,
  tensor: Tensor,
  expected = "[batch, tokens, heads, headSize]",
): readonly [number, number, number, number] {
  expectDtype(caller, operand, tensor, "f32")
  const [first, second, heads, headSize, ...more] = tensor.shape
  if (first === undefined || second === undefined || heads === undefined || headSize === undefined || more.length > 0) {
    throw new TensorError(`${caller}: ${operand} has shape [${tensor.shape}], expected ${expected}.`, {
      code: "shape-mismatch",
    })
  }
  return [first, second, heads, headSize]
}
