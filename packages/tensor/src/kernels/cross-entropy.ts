import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import { type RowVariant, rowEnable, rowEntry, rowFunctions, rowType } from "./row-kernel.ts"

/**
 * Merges a chunk of a row of logits into the row's state: the largest logit so far, the sum of exponentials relative
 * to it, and the logit of the label once it has come by (NaN before). One workgroup per row.
 */
export const crossEntropyMergeKernel = kernelFamily((variant: RowVariant) =>
  defineKernel({
    name: "cross_entropy_merge",
    enable: rowEnable(variant),
    bindings: [
      { name: "logits", type: `array<${rowType(variant)}>` },
      { name: "labels", type: "array<i32>" },
      { name: "state", type: "array<vec4f>", write: true },
    ],
    params: { rows: "u32", units: "u32", columns: "i32", first: "i32", nan: "f32" },
    code: /* wgsl */ `
${rowFunctions(variant)}
${rowEntry(variant)} {
  let row = group.x + group.y * groups.x;
  if (row >= params.rows) { return; }
  let start = row * params.units;
  var largest = -3.4e38;
  for (var i = lane; i < params.units; i += LANES) { largest = max(largest, unitMax(logits[start + i])); }
  largest = laneMax(largest, lane);
  var total = Unit();
  for (var i = lane; i < params.units; i += LANES) { total += exp(logits[start + i] - largest); }
  let sum = laneSum(unitSum(total), lane);
  if (lane != 0u) { return; }
  var merged = vec4f(largest, sum, params.nan, 0.0);
  if (params.first > 0) {
    let before = state[row];
    let top = max(before.x, largest);
    merged = vec4f(top, before.y * exp(before.x - top) + sum * exp(largest - top), before.z, 0.0);
  }
  let within = labels[row] - params.first;
  if (within >= 0 && within < params.columns) {
    merged.z = logits[start + ${variant.vector ? "u32(within) / 4u][u32(within) % 4u]" : "u32(within)]"};
  }
  state[row] = merged;
}`,
  }),
)

/** The sum of -log p over the learned rows, and their number. */
export const crossEntropyTotalKernel = defineKernel({
  name: "cross_entropy_total",
  bindings: [
    { name: "state", type: "array<vec4f>" },
    { name: "labels", type: "array<i32>" },
    { name: "loss", type: "array<f32>", write: true },
  ],
  params: { rows: "u32", ignore: "i32" },
  code: /* wgsl */ `
var<workgroup> partial: array<vec2f, 64>;
@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32) {
  var total = vec2f();
  for (var row = lane; row < params.rows; row += 64u) {
    if (labels[row] == params.ignore) { continue; }
    let merged = state[row];
    total += vec2f(merged.x + log(merged.y) - merged.z, 1.0);
  }
  partial[lane] = total;
  workgroupBarrier();
  for (var stride = 32u; stride > 0u; stride >>= 1u) {
    if (lane < stride) { partial[lane] += partial[lane + stride]; }
    workgroupBarrier();
  }
  if (lane == 0u) { loss[0] = partial[0].x; loss[1] = partial[0].y; }
}`,
})

/**
 * Turns a chunk of the logits into the gradient of the loss by them: (softmax - one-hot label) * the gradient of the
 * summed loss, zero for rows that are not learned. One workgroup per row.
 */
export const crossEntropyBackwardKernel = kernelFamily((variant: RowVariant) =>
  defineKernel({
    name: "cross_entropy_backward",
    enable: rowEnable(variant),
    bindings: [
      { name: "labels", type: "array<i32>" },
      { name: "state", type: "array<vec4f>" },
      { name: "gradient", type: "array<f32>" },
      { name: "logits", type: `array<${rowType(variant)}>`, write: true },
    ],
    params: { rows: "u32", units: "u32", first: "i32", ignore: "i32" },
    code: /* wgsl */ `
${rowFunctions(variant)}
${rowEntry(variant)} {
  let row = group.x + group.y * groups.x;
  if (row >= params.rows) { return; }
  let label = labels[row];
  let merged = state[row];
  let weight = select(gradient[0], 0.0, label == params.ignore);
  // Of another chunk's label this is no unit of the row.
  let at = u32(label - params.first);
  for (var i = lane; i < params.units; i += LANES) {
    var value = exp(logits[row * params.units + i] - merged.x) * (weight / merged.y);
    ${variant.vector ? "if (i == at / 4u) { value -= select(vec4f(), vec4f(weight), vec4u(at % 4u) == vec4u(0u, 1u, 2u, 3u)); }" : "if (i == at) { value -= weight; }"}
    logits[row * params.units + i] = select(value, Unit(), label == params.ignore);
  }
}`,
  }),
)
