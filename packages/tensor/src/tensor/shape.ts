import { TensorError } from "../error/tensor-error.ts"

/** Sizes, outermost dimension first. A scalar is `[]`. */
export type Shape = readonly number[]

/** The product of the sizes; 1 for the shape `[]` of a single number. */
export function elementCount(shape: Shape): number {
  let count = 1
  for (const size of shape) count *= size
  return count
}

/** Whether two shapes have the same sizes in the same order. */
export function shapesEqual(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis])
}

/** Throws "shape-mismatch" naming the operation and the operand unless the shapes are equal. */
export function expectShape(operation: string, operand: string, actual: Shape, expected: Shape): void {
  if (shapesEqual(actual, expected)) return
  throw new TensorError(`${operation}: ${operand} has shape [${actual}], expected [${expected}].`, {
    code: "shape-mismatch",
  })
}
