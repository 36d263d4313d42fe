import { defineKernel, type Kernel } from "../kernel/kernel.ts"
import { elementwiseGrid } from "../kernels/elementwise.ts"
import type { Tensor } from "../tensor/tensor.ts"
import type { StepOptions } from "./optimizer.ts"

export interface UpdateSource {
  name: string
  /** State buffers, read and written as `<name>[i]`. */
  state: readonly string[]
  params: readonly string[]
  /** WGSL that changes `value[i]` and the state, given `g`, the gradient times the factor. */
  code: string
}

/** One pass over a parameter, its gradient and its state, four elements at a time, in place. */
export function updateKernel({ name, state, params, code }: UpdateSource): Kernel {
  return defineKernel({
    name,
    bindings: [
      { name: "gradient", type: "array<vec4f>" },
      { name: "factor", type: "array<f32>" },
      ...["value", ...state].map((buffer) => ({ name: buffer, type: "array<vec4f>", write: true })),
    ],
    params: { units: "u32", scaled: "u32", ...Object.fromEntries(params.map((param) => [param, "f32" as const])) },
    code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i >= params.units) { return; }
  var g = gradient[i];
  if (params.scaled != 0u) { g *= factor[0]; }
  ${code}
}`,
  })
}

/** Runs an update kernel on what is trained of a parameter. */
export function runUpdate(
  kernel: Kernel,
  value: Tensor,
  input: { gradient: Tensor; state: readonly Tensor[]; params: readonly number[] } & Pick<
    StepOptions,
    "gradientFactor"
  >,
): void {
  const { gradient, state, params, gradientFactor } = input
  const { units, workgroups } = elementwiseGrid(gradient.device, gradient.size)
  gradient.device.run(kernel, {
    bindings: [gradient, gradientFactor ?? gradient, value, ...state].map(({ buffer }) => buffer),
    params: [units, gradientFactor ? 1 : 0, ...params],
    workgroups,
  })
}
