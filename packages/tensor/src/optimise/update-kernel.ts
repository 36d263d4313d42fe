import { bufferWindow } from "../device/buffer-window.ts"
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

/** Elements of a tensor from `begin` on, a multiple of 64, as many as what is trained has. */
export interface TensorPart {
  readonly tensor: Tensor
  readonly begin: number
}

export interface UpdateInput extends Pick<StepOptions, "gradientFactor"> {
  gradient: Tensor | TensorPart
  state: readonly (Tensor | TensorPart)[]
  params: readonly number[]
}

/** Runs an update kernel on what is trained of a parameter. */
export function runUpdate(kernel: Kernel, value: Tensor, input: UpdateInput): void {
  const { gradient, state, params, gradientFactor } = input
  const { device } = value
  const { units, workgroups } = elementwiseGrid(device, value.size)
  const binding = (operand: Tensor | TensorPart) =>
    "begin" in operand ? bufferWindow(device, operand.tensor.buffer, 4 * operand.begin, 4 * value.size) : operand.buffer
  device.run(kernel, {
    bindings: [gradient, gradientFactor ?? gradient, value, ...state].map(binding),
    params: [units, gradientFactor ? 1 : 0, ...params],
    workgroups,
  })
}
