import { defineKernel } from "../kernel/kernel.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import type { Parameter } from "../module/parameter.ts"
import { Tensor } from "../tensor/tensor.ts"

/** Elements that one workgroup squares. */
const CHUNK = 4096

const squaresKernel = defineKernel({
  name: "sum_squares",
  bindings: [
    { name: "x", type: "array<f32>" },
    { name: "sums", type: "array<f32>", write: true },
  ],
  params: { size: "u32", first: "u32", chunks: "u32" },
  code: /* wgsl */ `
var<workgroup> partial: array<f32, 64>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let chunk = group.x + group.y * groups.x;
  if (chunk >= params.chunks) { return; }
  let end = min((chunk + 1u) * ${CHUNK}u, params.size);
  var total = 0.0;
  for (var i = chunk * ${CHUNK}u + lane; i < end; i += 64u) { total += x[i] * x[i]; }
  partial[lane] = total;
  workgroupBarrier();
  for (var stride = 32u; stride > 0u; stride >>= 1u) {
    if (lane < stride) { partial[lane] += partial[lane + stride]; }
    workgroupBarrier();
  }
  if (lane == 0u) { sums[params.first + chunk] = partial[0]; }
}`,
})

const normKernel = defineKernel({
  name: "gradient_norm",
  bindings: [
    { name: "sums", type: "array<f32>" },
    { name: "norm", type: "array<f32>", write: true },
    { name: "factor", type: "array<f32>", write: true },
  ],
  params: { count: "u32", largest: "f32" },
  code: /* wgsl */ `
var<workgroup> partial: array<f32, 64>;
@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32) {
  var total = 0.0;
  for (var i = lane; i < params.count; i += 64u) { total += sums[i]; }
  partial[lane] = total;
  workgroupBarrier();
  for (var stride = 32u; stride > 0u; stride >>= 1u) {
    if (lane < stride) { partial[lane] += partial[lane + stride]; }
    workgroupBarrier();
  }
  if (lane == 0u) {
    let length = sqrt(partial[0]);
    norm[0] = length;
    factor[0] = min(1.0, params.largest / (length + 1e-6));
  }
}`,
})

export interface ClippedGradients {
  /** f32 `[1]`: the length of all gradients together, before clipping. */
  readonly norm: Tensor
  /** f32 `[1]`: what `optimizer.step` multiplies gradients by. */
  readonly factor: Tensor
}

/**
 * Clipping by the global norm (Pascanu et al. 2013), as PyTorch's `clip_grad_norm_`: all on the GPU, the gradients
 * themselves stay as they are. `maxNorm` is infinite unless given.
 */
export function clipGradients(
  parameters: Iterable<Parameter>,
  { maxNorm = Number.POSITIVE_INFINITY }: { maxNorm?: number } = {},
): ClippedGradients | undefined {
  const gradients = [...new Set(parameters)].flatMap(({ gradient }) => gradient ?? [])
  const device = gradients[0]?.device
  if (!device) return undefined
  const chunksOf = (gradient: Tensor) => Math.ceil(gradient.size / CHUNK)
  const count = gradients.reduce((total, gradient) => total + chunksOf(gradient), 0)
  using sums = Tensor.empty(device, [count])
  let first = 0
  for (const gradient of gradients) {
    const chunks = chunksOf(gradient)
    device.run(squaresKernel, {
      bindings: [gradient.buffer, sums.buffer],
      params: [gradient.size, first, chunks],
      workgroups: workgroupGrid(device, chunks),
    })
    first += chunks
  }
  const norm = Tensor.empty(device, [1])
  const factor = Tensor.empty(device, [1])
  device.run(normKernel, {
    bindings: [sums.buffer, norm.buffer, factor.buffer],
    params: [count, Math.min(maxNorm, 3e38)],
    workgroups: [1],
  })
  return { norm, factor }
}
