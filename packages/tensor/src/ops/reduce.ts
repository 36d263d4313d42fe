import { TensorError } from "../error/tensor-error.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { type Reduction, reduceColumnsKernel, reduceRowsKernel } from "../kernels/reduce.ts"
import { rowUnits, rowVariant } from "../kernels/row-kernel.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { elementCount } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"

/** The body of `sum`, `mean` and `max`: `axis` disappears, or all axes do. */
export function reduce(operation: string, reduction: Reduction, x: Tensor, axis: number | undefined): Tensor {
  expectDtype(operation, "x", x, "f32")
  const at = axis === undefined ? undefined : axis < 0 ? axis + x.shape.length : axis
  const length = at === undefined ? x.size : x.shape[at]
  if (length === undefined) {
    throw new TensorError(`${operation}: a tensor of shape [${x.shape}] has no axis ${axis}.`, {
      code: "shape-mismatch",
    })
  }
  if (length === 0) {
    throw new TensorError(`${operation}: nothing to reduce in shape [${x.shape}].`, { code: "shape-mismatch" })
  }
  const y = Tensor.empty(x.device, at === undefined ? [] : x.shape.toSpliced(at, 1))
  const inner = at === undefined ? 1 : elementCount(x.shape.slice(at + 1))
  const factor = operation === "mean" ? 1 / length : 1
  const bindings = [x.buffer, y.buffer]
  if (inner === 1) {
    const variant = rowVariant(x.device, length)
    x.device.run(reduceRowsKernel({ ...variant, reduction }), {
      bindings,
      params: [y.size, rowUnits(variant, length), factor],
      workgroups: workgroupGrid(x.device, y.size),
    })
  } else {
    x.device.run(reduceColumnsKernel({ reduction }), {
      bindings,
      params: [y.size, length, inner, factor],
      workgroups: workgroupGrid(x.device, Math.ceil(y.size / 64)),
    })
  }
  return y
}

/** A reduction in float64 over `[outer, length, inner]`, the middle one disappearing. */
export function reduceReference(
  x: ArrayLike<number>,
  [outer, length, inner]: readonly [number, number, number],
  combine: (a: number, b: number) => number,
): Float64Array {
  return Float64Array.from({ length: outer * inner }, (_, at) => {
    const start = Math.floor(at / inner) * length * inner + (at % inner)
    let found = x[start]!
    for (let i = 1; i < length; i++) found = combine(found, x[start + i * inner]!)
    return found
  })
}
