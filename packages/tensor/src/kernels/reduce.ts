import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import { type RowVariant, rowEnable, rowEntry, rowFunctions, rowType } from "./row-kernel.ts"

export type Reduction = "sum" | "max"

/** Sum or largest element of each row times `factor`, one workgroup per row. */
export const reduceRowsKernel = kernelFamily((variant: RowVariant & { reduction: Reduction }) => {
  const sum = variant.reduction === "sum"
  return defineKernel({
    name: `${variant.reduction}_rows`,
    enable: rowEnable(variant),
    bindings: [
      { name: "x", type: `array<${rowType(variant)}>` },
      { name: "y", type: "array<f32>", write: true },
    ],
    params: { rows: "u32", units: "u32", factor: "f32" },
    code: /* wgsl */ `
${rowFunctions(variant)}
${rowEntry(variant)} {
  let row = group.x + group.y * groups.x;
  if (row >= params.rows) { return; }
  let start = row * params.units;
  var found = ${sum ? "Unit()" : "x[start]"};
  for (var i = lane; i < params.units; i += LANES) { found = ${sum ? "found + x[start + i]" : "max(found, x[start + i])"}; }
  let result = ${sum ? "laneSum(unitSum(found), lane)" : "laneMax(unitMax(found), lane)"};
  if (lane == 0u) { y[row] = result * params.factor; }
}`,
  })
})

/** The same along an axis that others follow: one lane per result, so that neighbours read neighbours. */
export const reduceColumnsKernel = kernelFamily(({ reduction }: { reduction: Reduction }) => {
  const combine =
    reduction === "sum" ? "found + x[start + i * params.inner]" : "max(found, x[start + i * params.inner])"
  return defineKernel({
    name: `${reduction}_columns`,
    bindings: [
      { name: "x", type: "array<f32>" },
      { name: "y", type: "array<f32>", write: true },
    ],
    params: { size: "u32", length: "u32", inner: "u32", factor: "f32" },
    code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = (group.x + group.y * groups.x) * 64u + lane;
  if (at >= params.size) { return; }
  let start = (at / params.inner) * params.inner * params.length + at % params.inner;
  var found = x[start];
  for (var i = 1u; i < params.length; i++) { found = ${combine}; }
  y[at] = found * params.factor;
}`,
  })
})
