import { defineKernel } from "../kernel/kernel.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { elementCount, type Shape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"

const kernel = defineKernel({
  name: "repeat",
  bindings: [
    { name: "x", type: "array<f32>" },
    { name: "y", type: "array<f32>", write: true },
  ],
  params: { size: "u32", length: "u32", inner: "u32" },
  code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = (group.x + group.y * groups.x) * 64u + lane;
  if (at < params.size) { y[at] = x[at / (params.inner * params.length) * params.inner + at % params.inner]; }
}`,
})

/** The opposite of a reduction: x repeated along the axis that is missing, or along all, to fill `shape`. f32. */
export function repeat(x: Tensor, shape: Shape, axis: number | undefined): Tensor {
  const at = axis !== undefined && axis < 0 ? axis + shape.length : axis
  const y = Tensor.empty(x.device, shape)
  const length = at === undefined ? y.size : shape[at]!
  const inner = at === undefined ? 1 : elementCount(shape.slice(at + 1))
  x.device.run(kernel, {
    bindings: [x.buffer, y.buffer],
    params: [y.size, length, inner],
    workgroups: workgroupGrid(x.device, Math.ceil(y.size / 64)),
  })
  return y
}
