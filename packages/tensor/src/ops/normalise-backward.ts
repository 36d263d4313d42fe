import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { normaliseBackwardKernel } from "../kernels/normalise-backward.ts"
import { rowUnits, rowVariant } from "../kernels/row-kernel.ts"
import { Tensor } from "../tensor/tensor.ts"
import { sumLeading } from "./sum-leading.ts"

/** Gradients of x and of the weight, for `layerNorm` and `rmsNorm`: x and gradient `[..., size]`, weight `[size]`. */
export function normaliseBackward(
  of: "layer_norm" | "rms_norm",
  { x, weight, gradient, epsilon }: { x: Tensor; weight: Tensor; gradient: Tensor; epsilon: number },
  wanted: readonly boolean[],
): [dx: Tensor, ofWeight: Tensor | undefined] {
  const { device } = x
  const size = weight.size
  const rows = x.size / size
  const dx = Tensor.empty(device, x.shape)
  const scaled = Tensor.empty(device, x.shape)
  const variant = rowVariant(device, size)
  device.run(normaliseBackwardKernel({ ...variant, of }), {
    bindings: [x.buffer, weight.buffer, gradient.buffer, dx.buffer, scaled.buffer],
    params: [rows, rowUnits(variant, size), size, epsilon],
    workgroups: workgroupGrid(device, rows),
  })
  return [dx, wanted[1] ? sumLeading(scaled, weight.shape) : undefined]
}
