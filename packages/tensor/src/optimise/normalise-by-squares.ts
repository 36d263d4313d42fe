import { defineKernel } from "../kernel/kernel.ts"
import { elementwiseGrid } from "../kernels/elementwise.ts"
import { Tensor } from "../tensor/tensor.ts"

const kernel = defineKernel({
  name: "normalise_by_squares",
  bindings: [
    { name: "x", type: "array<vec4f>" },
    { name: "squares", type: "array<f32>" },
    { name: "y", type: "array<vec4f>", write: true },
  ],
  params: { units: "u32", period: "u32" },
  code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i < params.units) { y[i] = x[i] / (sqrt(squares[i / params.period]) + 1e-7); }
}`,
})

/**
 * x / (sqrt(squares) + 1e-7) for each row along the first axis of x: `squares` are as many numbers on the GPU. Of several rows
 * each has a multiple of four elements.
 */
export function normaliseBySquares(x: Tensor, squares: Tensor): Tensor {
  const y = Tensor.empty(x.device, x.shape)
  const { units, workgroups } = elementwiseGrid(x.device, x.size)
  x.device.run(kernel, {
    bindings: [x.buffer, squares.buffer, y.buffer],
    params: [units, Math.ceil(units / squares.size)],
    workgroups,
  })
  return y
}
