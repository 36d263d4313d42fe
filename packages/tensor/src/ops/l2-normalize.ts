import { recordGradient } from "../autograd/record-gradient.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { l2NormalizeKernel } from "../kernels/normalise.ts"
import { l2NormalizeBackwardKernel } from "../kernels/normalise-backward.ts"
import { rowUnits, rowVariant } from "../kernels/row-kernel.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { lastAxis } from "../tensor/last-axis.ts"
import { Tensor } from "../tensor/tensor.ts"

/** Vectors along the last axis scaled to length 1: x / max(|x|, 1e-12). f32 `[..., size]` -> `[..., size]`. */
export function l2Normalize(x: Tensor): Tensor {
  const { rows, size } = lastAxis("l2Normalize", x)
  expectDtype("l2Normalize", "x", x, "f32")
  const y = Tensor.empty(x.device, x.shape)
  const variant = rowVariant(x.device, size)
  x.device.run(l2NormalizeKernel(variant), {
    bindings: [x.buffer, y.buffer],
    params: [rows, rowUnits(variant, size)],
    workgroups: workgroupGrid(x.device, rows),
  })
  return recordGradient(y, [x], [x], (gradient, [x]) => {
    const dx = Tensor.empty(x.device, x.shape)
    x.device.run(l2NormalizeBackwardKernel(variant), {
      bindings: [x.buffer, gradient.buffer, dx.buffer],
      params: [rows, rowUnits(variant, size)],
      workgroups: workgroupGrid(x.device, rows),
    })
    return [dx]
  })
}

/** `l2Normalize` in float64, for rows of `size`. */
export function l2NormalizeReference(x: ArrayLike<number>, size: number): Float64Array {
  const y = new Float64Array(x.length)
  for (let start = 0; start < x.length; start += size) {
    let squares = 0
    for (let i = 0; i < size; i++) squares += x[start + i]! ** 2
    const length = Math.max(Math.sqrt(squares), 1e-12)
    for (let i = 0; i < size; i++) y[start + i] = x[start + i]! / length
  }
  return y
}
