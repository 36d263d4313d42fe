import { recordGradient } from "../autograd/record-gradient.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { rowUnits, rowVariant } from "../kernels/row-kernel.ts"
import { softmaxBackwardKernel, softmaxKernel } from "../kernels/softmax.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { lastAxis } from "../tensor/last-axis.ts"
import { Tensor } from "../tensor/tensor.ts"

/** Softmax along the last axis, f32 `[..., size]` -> `[..., size]`. Elements of -infinity get 0. */
export function softmax(x: Tensor): Tensor {
  return alongRows("softmax", x, false)
}

/** The body of `softmax` and `logSoftmax`. */
export function alongRows(operation: string, x: Tensor, logarithm: boolean): Tensor {
  const { rows, size } = lastAxis(operation, x)
  expectDtype(operation, "x", x, "f32")
  const y = Tensor.empty(x.device, x.shape)
  const variant = rowVariant(x.device, size)
  x.device.run(softmaxKernel({ ...variant, logarithm }), {
    bindings: [x.buffer, y.buffer],
    params: [rows, rowUnits(variant, size)],
    workgroups: workgroupGrid(x.device, rows),
  })
  return recordGradient(y, [x], [y], (gradient, [y]) => {
    const dx = Tensor.empty(x.device, x.shape)
    x.device.run(softmaxBackwardKernel({ ...variant, logarithm }), {
      bindings: [y.buffer, gradient.buffer, dx.buffer],
      params: [rows, rowUnits(variant, size)],
      workgroups: workgroupGrid(x.device, rows),
    })
    return [dx]
  })
}

/** `softmax` in float64, for rows of `size`. */
export function softmaxReference(x: ArrayLike<number>, size: number): Float64Array {
  const y = new Float64Array(x.length)
  for (let start = 0; start < x.length; start += size) {
    let maximum = Number.NEGATIVE_INFINITY
    for (let i = 0; i < size; i++) maximum = Math.max(maximum, x[start + i]!)
    let total = 0
    for (let i = 0; i < size; i++) total += Math.exp(x[start + i]! - maximum)
    for (let i = 0; i < size; i++) y[start + i] = Math.exp(x[start + i]! - maximum) / total
  }
  return y
}
