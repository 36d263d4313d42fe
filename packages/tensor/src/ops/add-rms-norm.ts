import { isRecorded } from "../autograd/is-recorded.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { addRmsNormKernel } from "../kernels/normalise.ts"
import { rowUnits, rowVariant } from "../kernels/row-kernel.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { lastAxis } from "../tensor/last-axis.ts"
import { expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"
import { add } from "./add.ts"
import { rmsNorm } from "./rms-norm.ts"

/**
 * The step between two blocks of a decoder in one dispatch: `sum` = x + residual, `normed` = rmsNorm(sum).
 * x and residual f32 `[..., size]`, weight `[size]` -> both `[..., size]`.
 */
export function addRmsNorm(
  x: Tensor,
  residual: Tensor,
  weight: Tensor,
  epsilon: number,
): { sum: Tensor; normed: Tensor } {
  const { rows, size } = lastAxis("addRmsNorm", x)
  expectDtype("addRmsNorm", "x", x, "f32")
  expectDtype("addRmsNorm", "residual", residual, "f32")
  expectShape("addRmsNorm", "residual", residual.shape, x.shape)
  expectShape("addRmsNorm", "weight", weight.shape, [size])
  if (isRecorded([x, residual, weight])) {
    const sum = add(x, residual)
    return { sum, normed: rmsNorm(sum, weight, epsilon) }
  }
  const sum = Tensor.empty(x.device, x.shape)
  const normed = Tensor.empty(x.device, x.shape)
  const variant = rowVariant(x.device, size)
  x.device.run(addRmsNormKernel(variant), {
    bindings: [x.buffer, residual.buffer, weight.buffer, sum.buffer, normed.buffer],
    params: [rows, rowUnits(variant, size), size, epsilon],
    workgroups: workgroupGrid(x.device, rows),
  })
  return { sum, normed }
}
