import { recordGradient } from "../autograd/record-gradient.ts"
import { elementwiseGrid, elementwiseKernel } from "../kernels/elementwise.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { Tensor } from "../tensor/tensor.ts"
import { multiply } from "./multiply.ts"

const kernel = elementwiseKernel({ name: "exp", operands: ["x"], expression: "exp(x[i])" })

/** e to the power of every element, f32, any shape. */
export function exp(x: Tensor): Tensor {
  expectDtype("exp", "x", x, "f32")
  const y = Tensor.empty(x.device, x.shape)
  const { units, workgroups } = elementwiseGrid(x.device, x.size)
  x.device.run(kernel, { bindings: [x.buffer, y.buffer], params: [units], workgroups })
  return recordGradient(y, [x], [y], (gradient, [y]) => [multiply(gradient, y)])
}

/** `exp` in float64. */
export function expReference(x: ArrayLike<number>): Float64Array {
  return Float64Array.from(x, Math.exp)
}
