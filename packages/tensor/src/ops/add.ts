import { defineKernel } from "../kernel/kernel.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"

const kernel = defineKernel({
  name: "add",
  bindings: [
    { name: "a", type: "array<f32>" },
    { name: "b", type: "array<f32>" },
    { name: "sum", type: "array<f32>", write: true },
  ],
  params: { size: "u32", period: "u32" },
  code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i < params.size) { sum[i] = a[i] + b[i % params.period]; }
}`,
})

/** Elementwise sum of f32 tensors; b's shape may be the last dimensions of a's, and is then added everywhere. */
export function add(a: Tensor, b: Tensor): Tensor {
  expectShape("add", "b", b.shape, b.shape.length === 0 ? [] : a.shape.slice(-b.shape.length))
  const sum = Tensor.empty(a.device, a.shape)
  a.device.run(kernel, {
    bindings: [a.buffer, b.buffer, sum.buffer],
    params: [a.size, b.size],
    workgroups: workgroupGrid(a.device, Math.ceil(a.size / 64)),
  })
  return sum
}

/** `add` in float64. */
export function addReference(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: a.length }, (_, i) => a[i]! + b[i % b.length]!)
}
