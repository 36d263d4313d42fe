import { recordGradient } from "../autograd/record-gradient.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { layerNormKernel } from "../kernels/normalise.ts"
import { rowUnits, rowVariant } from "../kernels/row-kernel.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { lastAxis } from "../tensor/last-axis.ts"
import { expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"
import { normaliseBackward } from "./normalise-backward.ts"
import { sumLeading } from "./sum-leading.ts"

/**
 * Layer normalisation over the last axis (Ba et al. 2016), as PyTorch's `layer_norm`: the variance is biased.
 * x f32 `[..., size]`, weight and bias `[size]` -> `[..., size]`.
 */
export function layerNorm(x: Tensor, weight: Tensor, bias: Tensor, epsilon: number): Tensor {
  const { rows, size } = lastAxis("layerNorm", x)
  expectDtype("layerNorm", "x", x, "f32")
  expectShape("layerNorm", "weight", weight.shape, [size])
  expectShape("layerNorm", "bias", bias.shape, [size])
  const y = Tensor.empty(x.device, x.shape)
  const variant = rowVariant(x.device, size)
  x.device.run(layerNormKernel(variant), {
    bindings: [x.buffer, weight.buffer, bias.buffer, y.buffer],
    params: [rows, rowUnits(variant, size), size, epsilon],
    workgroups: workgroupGrid(x.device, rows),
  })
  return recordGradient(y, [x, weight, bias], [x, weight], (gradient, [x, weight], wanted) => [
    ...normaliseBackward("layer_norm", { x, weight, gradient, epsilon }, wanted),
    wanted[2] ? sumLeading(gradient, bias.shape) : undefined,
  ])
}

/** `layerNorm` in float64. */
export function layerNormReference(
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  bias: ArrayLike<number>,
  epsilon: number,
): Float64Array {
  const size = weight.length
  const y = new Float64Array(x.length)
  for (let start = 0; start < x.length; start += size) {
    let mean = 0
    for (let i = 0; i < size; i++) mean += x[start + i]! / size
    let variance = 0
    for (let i = 0; i < size; i++) variance += (x[start + i]! - mean) ** 2 / size
    const factor = 1 / Math.sqrt(variance + epsilon)
    for (let i = 0; i < size; i++) y[start + i] = (x[start + i]! - mean) * factor * weight[i]! + bias[i]!
  }
  return y
}
