import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import { type RowVariant, rowEnable, rowEntry, rowFunctions, rowType } from "./row-kernel.ts"

/** Layer normalisation, one workgroup per row; the variance is taken about the mean, in a second pass. */
export const layerNormKernel = kernelFamily((variant: RowVariant) => {
  const type = `array<${rowType(variant)}>`
  return defineKernel({
    name: "layer_norm",
    enable: rowEnable(variant),
    bindings: [
      { name: "x", type },
      { name: "weight", type },
      { name: "bias", type },
      { name: "y", type, write: true },
    ],
    params: { rows: "u32", units: "u32", size: "f32", epsilon: "f32" },
    code: /* wgsl */ `
${rowFunctions(variant)}
${rowEntry(variant)} {
  let row = group.x + group.y * groups.x;
  if (row >= params.rows) { return; }
  let start = row * params.units;
  var total = Unit();
  for (var i = lane; i < params.units; i += LANES) { total += x[start + i]; }
  let mean = laneSum(unitSum(total), lane) / params.size;
  var squares = Unit();
  for (var i = lane; i < params.units; i += LANES) {
    let centred = x[start + i] - mean;
    squares += centred * centred;
  }
  let factor = 1.0 / sqrt(laneSum(unitSum(squares), lane) / params.size + params.epsilon);
  for (var i = lane; i < params.units; i += LANES) {
    y[start + i] = (x[start + i] - mean) * factor * weight[i] + bias[i];
  }
}`,
  })
})

/** y = x / sqrt(mean(x²) + epsilon) * weight, one workgroup per row. */
export const rmsNormKernel = kernelFamily((variant: RowVariant) => {
  const type = `array<${rowType(variant)}>`
  return defineKernel({
    name: "rms_norm",
    enable: rowEnable(variant),
    bindings: [
      { name: "x", type },
      { name: "weight", type },
      { name: "y", type, write: true },
    ],
    params: { rows: "u32", units: "u32", size: "f32", epsilon: "f32" },
    code: /* wgsl */ `
${rowFunctions(variant)}
${rowEntry(variant)} {
  let row = group.x + group.y * groups.x;
  if (row >= params.rows) { return; }
  let start = row * params.units;
  var squares = Unit();
  for (var i = lane; i < params.units; i += LANES) {
    let value = x[start + i];
    squares += value * value;
  }
  let factor = 1.0 / sqrt(laneSum(unitSum(squares), lane) / params.size + params.epsilon);
  for (var i = lane; i < params.units; i += LANES) { y[start + i] = x[start + i] * factor * weight[i]; }
}`,
  })
})

/** sum = x + residual and the RMS normalisation of that sum, in one pass over memory and a half. */
export const addRmsNormKernel = kernelFamily((variant: RowVariant) => {
  const type = `array<${rowType(variant)}>`
  return defineKernel({
    name: "add_rms_norm",
    enable: rowEnable(variant),
    bindings: [
      { name: "x", type },
      { name: "residual", type },
      { name: "weight", type },
      { name: "sum", type, write: true },
      { name: "normed", type, write: true },
    ],
    params: { rows: "u32", units: "u32", size: "f32", epsilon: "f32" },
    code: /* wgsl */ `
${rowFunctions(variant)}
${rowEntry(variant)} {
  let row = group.x + group.y * groups.x;
  if (row >= params.rows) { return; }
  let start = row * params.units;
  var squares = Unit();
  for (var i = lane; i < params.units; i += LANES) {
    let value = x[start + i] + residual[start + i];
    sum[start + i] = value;
    squares += value * value;
  }
  let factor = 1.0 / sqrt(laneSum(unitSum(squares), lane) / params.size + params.epsilon);
  // A lane reads back only what it wrote itself, so no barrier is needed.
  for (var i = lane; i < params.units; i += LANES) { normed[start + i] = sum[start + i] * factor * weight[i]; }
}`,
  })
})

/** y = x / max(|x|, 1e-12), one workgroup per row. */
export const l2NormalizeKernel = kernelFamily((variant: RowVariant) => {
  const type = `array<${rowType(variant)}>`
  return defineKernel({
    name: "l2_normalize",
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
  var squares = Unit();
  for (var i = lane; i < params.units; i += LANES) {
    let value = x[start + i];
    squares += value * value;
  }
  let factor = 1.0 / max(sqrt(laneSum(unitSum(squares), lane)), 1e-12);
  for (var i = lane; i < params.units; i += LANES) { y[start + i] = x[start + i] * factor; }
}`,
  })
})
