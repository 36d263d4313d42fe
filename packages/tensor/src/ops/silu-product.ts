import { recordGradient } from "../autograd/record-gradient.ts"
import { defineKernel } from "../kernel/kernel.ts"
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

const backwardKernel = defineKernel({
  name: "silu_product_backward",
  bindings: [
    ...["gate", "up", "gradient"].map((name) => ({ name, type: "array<vec4f>" })),
    ...["of_gate", "of_up"].map((name) => ({ name, type: "array<vec4f>", write: true })),
  ],
  params: { units: "u32" },
  code: /* wgsl */ `
${activationFunctions("vec4f")}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i >= params.units) { return; }
  let x = gate[i];
  let s = sigmoid_vec4f(x);
  let g = gradient[i];
  of_up[i] = g * x * s;
  of_gate[i] = g * up[i] * (s + x * s * (1.0 - s));
}`,
})

/** silu(gate) * up, the middle of a SwiGLU block (Shazeer 2020); f32, both of one shape. */
export function siluProduct(gate: Tensor, up: Tensor): Tensor {
  expectDtype("siluProduct", "gate", gate, "f32")
  expectDtype("siluProduct", "up", up, "f32")
  expectShape("siluProduct", "up", up.shape, gate.shape)
  const y = Tensor.empty(gate.device, gate.shape)
  const { units, workgroups } = elementwiseGrid(gate.device, gate.size)
  gate.device.run(kernel, { bindings: [gate.buffer, up.buffer, y.buffer], params: [units], workgroups })
  return recordGradient(y, [gate, up], [gate, up], (gradient, [gate, up]) => {
    const ofGate = Tensor.empty(gate.device, gate.shape)
    const ofUp = Tensor.empty(gate.device, gate.shape)
    gate.device.run(backwardKernel, {
      bindings: [gate.buffer, up.buffer, gradient.buffer, ofGate.buffer, ofUp.buffer],
      params: [units],
      workgroups,
    })
    return [ofGate, ofUp]
  })
}

/** `siluProduct` in float64. */
export function siluProductReference(gate: ArrayLike<number>, up: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: gate.length }, (_, i) => activationReference("silu", gate[i]!) * up[i]!)
}
