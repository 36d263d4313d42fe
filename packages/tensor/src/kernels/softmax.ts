import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import { type RowVariant, rowEnable, rowEntry, rowFunctions, rowType } from "./row-kernel.ts"

/** Softmax or its logarithm along rows, one workgroup per row. */
export const softmaxKernel = kernelFamily((variant: RowVariant & { logarithm: boolean }) => {
  const type = `array<${rowType(variant)}>`
  return defineKernel({
    name: variant.logarithm ? "log_softmax" : "softmax",
    enable: rowEnable(variant),
    bindings: [
      { name: "x", type },
      { name: "y", type, write: true },
    ],
    params: { rows: "u32", units: "u32" },
    code: /* wgsl */ `
${rowFunctions(variant)}
${rowEntry(variant)} {
  let row = group.x + group.y * groups.x;
  if (row >= params.rows) { return; }
  let start = row * params.units;
  var largest = Unit(-3.4e38);
  for (var i = lane; i < params.units; i += LANES) { largest = max(largest, x[start + i]); }
  let maximum = laneMax(unitMax(largest), lane);
  var sums = Unit();
  for (var i = lane; i < params.units; i += LANES) { sums += exp(x[start + i] - maximum); }
  let total = laneSum(unitSum(sums), lane);
  ${
    variant.logarithm
      ? "let shift = maximum + log(total);\n  for (var i = lane; i < params.units; i += LANES) { y[start + i] = x[start + i] - shift; }"
      : "for (var i = lane; i < params.units; i += LANES) { y[start + i] = exp(x[start + i] - maximum) / total; }"
  }
}`,
  })
})

/** From y = softmax(x): (gradient - sum(gradient * y)) * y; from y = log(softmax(x)): gradient - exp(y) * sum(gradient). */
export const softmaxBackwardKernel = kernelFamily((variant: RowVariant & { logarithm: boolean }) => {
  const type = `array<${rowType(variant)}>`
  const { logarithm } = variant
  return defineKernel({
    name: logarithm ? "log_softmax_backward" : "softmax_backward",
    enable: rowEnable(variant),
    bindings: [
      { name: "y", type },
      { name: "gradient", type },
      { name: "dx", type, write: true },
    ],
    params: { rows: "u32", units: "u32" },
    code: /* wgsl */ `
${rowFunctions(variant)}
${rowEntry(variant)} {
  let row = group.x + group.y * groups.x;
  if (row >= params.rows) { return; }
  let start = row * params.units;
  var sums = Unit();
  for (var i = lane; i < params.units; i += LANES) { sums += gradient[start + i]${logarithm ? "" : " * y[start + i]"}; }
  let total = laneSum(unitSum(sums), lane);
  for (var i = lane; i < params.units; i += LANES) {
    dx[start + i] = ${logarithm ? "gradient[start + i] - exp(y[start + i]) * total" : "(gradient[start + i] - total) * y[start + i]"};
  }
}`,
  })
})
