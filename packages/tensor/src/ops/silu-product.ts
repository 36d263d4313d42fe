import { activationFunctions, activationReference } from "../kernels/activations.ts"
import { elementwiseGrid, elementwiseKernel } from "../kernels/elementwise.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"

const kernel = elementwiseKernel({
  name: "silu_product",
  operands: ["gate", "up"],
  functions: activationFunctions("vec4f"),
  expression: "gate[i] * sigmoid_vec4f(gate[i]) * up[i]",
})

/** silu(gate) * up, the middle of a SwiGLU block (Shazeer 2020); f32, both of one shape. */
export function siluProduct(gate: Tensor, up: Tensor): Tensor {
  expectDtype("siluProduct", "gate", gate, "f32")
  expectDtype("siluProduct", "up", up, "f32")
  expectShape("siluProduct", "up", up.shape, gate.shape)
  const y = Tensor.empty(gate.device, gate.shape)
  const { units, workgroups } = elementwiseGrid(gate.device, gate.size)
  gate.device.run(kernel, { bindings: [gate.buffer, up.buffer, y.buffer], params: [units], workgroups })
  return y
}

/** `siluProduct` in float64. */
export function siluProductReference(gate: ArrayLike<number>, up: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: gate.length }, (_, i) => activationReference("silu", gate[i]!) * up[i]!)
}
