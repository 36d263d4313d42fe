import { elementwiseGrid, elementwiseKernel } from "../kernels/elementwise.ts"
import { expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"

const kernel = elementwiseKernel({
  name: "weighted_sum",
  operands: ["a", "b"],
  params: { of_a: "f32", of_b: "f32" },
  expression: "params.of_a * a[i] + params.of_b * b[i]",
})

/** ofA * a + ofB * b, f32, both of one shape. For optimizers: it has no gradient. */
export function weightedSum(a: Tensor, ofA: number, b: Tensor, ofB: number): Tensor {
  expectShape("weightedSum", "b", b.shape, a.shape)
  const y = Tensor.empty(a.device, a.shape)
  const { units, workgroups } = elementwiseGrid(a.device, a.size)
  a.device.run(kernel, { bindings: [a.buffer, b.buffer, y.buffer], params: [units, ofA, ofB], workgroups })
  return y
}
