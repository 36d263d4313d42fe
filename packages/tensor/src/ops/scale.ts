import { recordGradient } from "../autograd/record-gradient.ts"
import { elementwiseGrid, elementwiseKernel } from "../kernels/elementwise.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { Tensor } from "../tensor/tensor.ts"

const kernel = elementwiseKernel({
  name: "scale",
  operands: ["x"],
  params: { factor: "f32" },
  expression: "x[i] * params.factor",
})

/** x * factor, f32, any shape. */
export function scale(x: Tensor, factor: number): Tensor {
  expectDtype("scale", "x", x, "f32")
  const y = Tensor.empty(x.device, x.shape)
  const { units, workgroups } = elementwiseGrid(x.device, x.size)
  x.device.run(kernel, { bindings: [x.buffer, y.buffer], params: [units, factor], workgroups })
  return recordGradient(y, [x], [], (gradient) => [scale(gradient, factor)])
}

/** `scale` in float64. */
export function scaleReference(x: ArrayLike<number>, factor: number): Float64Array {
  return Float64Array.from(x, (value) => value * factor)
}
