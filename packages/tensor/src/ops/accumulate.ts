import { elementwiseGrid, elementwiseKernel } from "../kernels/elementwise.ts"
import { expectShape } from "../tensor/shape.ts"
import type { Tensor } from "../tensor/tensor.ts"

const kernel = elementwiseKernel({ name: "accumulate", operands: ["x"], expression: "y[i] + x[i]" })

/** sum += x in place, f32, both of one shape: for gradients, which nothing else sees. */
export function accumulate(sum: Tensor, x: Tensor): void {
  expectShape("accumulate", "x", x.shape, sum.shape)
  const { units, workgroups } = elementwiseGrid(sum.device, sum.size)
  sum.device.run(kernel, { bindings: [x.buffer, sum.buffer], params: [units], workgroups })
}
