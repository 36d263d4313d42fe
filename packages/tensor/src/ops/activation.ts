import { recordGradient } from "../autograd/record-gradient.ts"
import { type Activation, activationCodes, activationDerivatives, activationFunctions } from "../kernels/activations.ts"
import { elementwiseGrid, elementwiseKernel } from "../kernels/elementwise.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { Tensor } from "../tensor/tensor.ts"

const kernel = elementwiseKernel({
  name: "activation",
  operands: ["x"],
  params: { code: "u32" },
  functions: activationFunctions("vec4f"),
  expression: "activate_vec4f(x[i], params.code)",
})

const backwardKernel = elementwiseKernel({
  name: "activation_backward",
  operands: ["x", "gradient"],
  params: { code: "u32" },
  functions: activationFunctions("vec4f") + activationDerivatives,
  expression: "gradient[i] * activation_derivative(x[i], params.code)",
})

/** The activation of every element, f32, any shape. `linear` and `matmul` apply one for free. */
export function activation(x: Tensor, kind: Activation): Tensor {
  expectDtype("activation", "x", x, "f32")
  const y = Tensor.empty(x.device, x.shape)
  const { units, workgroups } = elementwiseGrid(x.device, x.size)
  x.device.run(kernel, { bindings: [x.buffer, y.buffer], params: [units, activationCodes[kind]], workgroups })
  return recordGradient(y, [x], [x], (gradient, [x]) => {
    const dx = Tensor.empty(x.device, x.shape)
    const bindings = [x.buffer, gradient.buffer, dx.buffer]
    x.device.run(backwardKernel, { bindings, params: [units, activationCodes[kind]], workgroups })
    return [dx]
  })
}
