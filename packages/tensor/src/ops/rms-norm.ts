import { recordGradient } from "../autograd/record-gradient.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { rmsNormKernel } from "../kernels/normalise.ts"
import { rowUnits, rowVariant } from "../kernels/row-kernel.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { lastAxis } from "../tensor/last-axis.ts"
import { expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"
import { normaliseBackward } from "./normalise-backward.ts"

/**
 * x / sqrt(mean(x²) + epsilon) * weight over the last axis (Zhang and Sennrich 2019).
 * x f32 `[..., size]`, weight `[size]` -> `[..., size]`.
 */
export function rmsNorm(x: Tensor, weight: Tensor, epsilon: number): Tensor {
  const { rows, size } = lastAxis("rmsNorm", x)
  expectDtype("rmsNorm", "x", x, "f32")
  expectShape("rmsNorm", "weight", weight.shape, [size])
  const y = Tensor.empty(x.device, x.shape)
  const variant = rowVariant(x.device, size)
  x.device.run(rmsNormKernel(variant), {
    bindings: [x.buffer, weight.buffer, y.buffer],
    params: [rows, rowUnits(variant, size), size, epsilon],
    workgroups: workgroupGrid(x.device, rows),
  })
  return recordGradient(y, [x, weight], [x, weight], (gradient, [x, weight], wanted) =>
    normaliseBackward("rms_norm", { x, weight, gradient, epsilon }, wanted),
  )
}

/** `rmsNorm` in float64. */
export function rmsNormReference(x: ArrayLike<number>, weight: ArrayLike<number>, epsilon: number): Float64Array {
  const size = weight.length
  const y = new Float64Array(x.length)
  for (let start = 0; start < x.length; start += size) {
    let squares = 0
    for (let i = 0; i < size; i++) squares += x[start + i]! ** 2
    const factor = 1 / Math.sqrt(squares / size + epsilon)
    for (let i = 0; i < size; i++) y[start + i] = x[start + i]! * factor * weight[i]!
  }
  return y
}
