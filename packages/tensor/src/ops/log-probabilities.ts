import { defineKernel } from "../kernel/kernel.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"

const LANES = 64

const kernel = defineKernel({
  name: "log_probabilities",
  bindings: [
    { name: "logits", type: "array<f32>" },
    { name: "ids", type: "array<i32>" },
    { name: "result", type: "array<f32>", write: true },
  ],
  params: { rows: "u32", vocabulary: "u32" },
  code: /* wgsl */ `
var<workgroup> partial: array<f32, ${LANES}>;

fn reduce_max(lane: u32) -> f32 {
  for (var step = ${LANES / 2}u; step > 0u; step /= 2u) {
    workgroupBarrier();
    if (lane < step) { partial[lane] = max(partial[lane], partial[lane + step]); }
  }
  workgroupBarrier();
  return workgroupUniformLoad(&partial[0]);
}

fn reduce_sum(lane: u32) -> f32 {
  for (var step = ${LANES / 2}u; step > 0u; step /= 2u) {
    workgroupBarrier();
    if (lane < step) { partial[lane] += partial[lane + step]; }
  }
  workgroupBarrier();
  return workgroupUniformLoad(&partial[0]);
}

@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group.x + group.y * groups.x;
  if (row >= params.rows) { return; }
  let start = row * params.vocabulary;
  var largest = -3.402823466e38;
  for (var i = lane; i < params.vocabulary; i += ${LANES}u) { largest = max(largest, logits[start + i]); }
  partial[lane] = largest;
  let top = reduce_max(lane);
  var sum = 0.0;
  for (var i = lane; i < params.vocabulary; i += ${LANES}u) { sum += exp(logits[start + i] - top); }
  partial[lane] = sum;
  let total = reduce_sum(lane);
  if (lane == 0u) { result[row] = logits[start + u32(ids[row])] - top - log(total); }
}`,
})

/** Log-softmax of logits `[rows, vocabulary]` at one id per row (i32 `[rows]`) -> `[rows]`. */
export function logProbabilities(logits: Tensor, ids: Tensor): Tensor {
  const [rows, vocabulary] = logits.shape as [number, number]
  expectShape("logProbabilities", "ids", ids.shape, [rows])
  const result = Tensor.empty(logits.device, [rows])
  logits.device.run(kernel, {
    bindings: [logits.buffer, ids.buffer, result.buffer],
    params: [rows, vocabulary],
    workgroups: workgroupGrid(logits.device, rows),
  })
  return result
}

/** `logProbabilities` in float64. */
export function logProbabilitiesReference(
  logits: ArrayLike<number>,
  vocabulary: number,
  ids: ArrayLike<number>,
): Float64Array {
  return Float64Array.from(ids, (id, row) => {
    const values = Array.from({ length: vocabulary }, (_, i) => logits[row * vocabulary + i]!)
    const top = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
    return values[id]! - top - Math.log(values.reduce((sum, value) => sum + Math.exp(value - top), 0))
  })
}
