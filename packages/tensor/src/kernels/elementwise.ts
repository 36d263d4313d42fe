import type { Device } from "../device/device.ts"
import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"

/**
 * `y[i] = expression` over four elements at a time; `i` counts vec4s, and buffers are padded to whole ones. The
 * expression may name the operands and the parameters.
 */
export interface ElementwiseSource {
  name: string
  operands: readonly string[]
  params?: Readonly<Record<string, "f32" | "u32">>
  functions?: string
  expression: string
}

export function elementwiseKernel({ name, operands, params = {}, functions = "", expression }: ElementwiseSource) {
  return defineKernel({
    name,
    bindings: [
      ...operands.map((operand) => ({ name: operand, type: "array<vec4f>" })),
      { name: "y", type: "array<vec4f>", write: true },
    ],
    params: { units: "u32", ...params },
    code: /* wgsl */ `
${functions}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i < params.units) { y[i] = ${expression}; }
}`,
  })
}

/** Workgroups for `elementwiseKernel` over `size` elements. */
export function elementwiseGrid(device: Device, size: number): { units: number; workgroups: [number, number] } {
  const units = Math.ceil(size / 4)
  return { units, workgroups: workgroupGrid(device, Math.ceil(units / 64)) }
}

/** y = a (operator) b where b repeats every `period` elements. */
export const broadcastKernel = kernelFamily(({ name, operator }: { name: string; operator: string }) =>
  defineKernel({
    name: `${name}_broadcast`,
    bindings: [
      { name: "a", type: "array<f32>" },
      { name: "b", type: "array<f32>" },
      { name: "y", type: "array<f32>", write: true },
    ],
    params: { size: "u32", period: "u32" },
    code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i < params.size) { y[i] = a[i] ${operator} b[i % params.period]; }
}`,
  }),
)

export const sameShapeKernel = kernelFamily(({ name, operator }: { name: string; operator: string }) =>
  elementwiseKernel({ name, operands: ["a", "b"], expression: `a[i] ${operator} b[i]` }),
)
