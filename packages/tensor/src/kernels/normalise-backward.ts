import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import { type RowVariant, rowEnable, rowEntry, rowFunctions, rowType } from "./row-kernel.ts"

type Normalisation = "layer_norm" | "rms_norm"

/**
 * Gradients of a normalisation, one workgroup per row: that of x, and `scaled` = gradient * normalised x, whose sum over
 * the rows is that of the weight.
 */
export const normaliseBackwardKernel = kernelFamily((variant: RowVariant & { of: Normalisation }) => {
  const type = `array<${rowType(variant)}>`
  const centred = variant.of === "layer_norm"
  return defineKernel({
    name: `${variant.of}_backward`,
    enable: rowEnable(variant),
    bindings: [
      { name: "x", type },
      { name: "weight", type },
      { name: "gradient", type },
      { name: "dx", type, write: true },
      { name: "scaled", type, write: true },
    ],
    params: { rows: "u32", units: "u32", size: "f32", epsilon: "f32" },
    code: /* wgsl */ `
${rowFunctions(variant)}
${rowEntry(variant)} {
  let row = group.x + group.y * groups.x;
  if (row >= params.rows) { return; }
  let start = row * params.units;
  ${
    centred
      ? `var total = Unit();
  for (var i = lane; i < params.units; i += LANES) { total += x[start + i]; }
  let mean = laneSum(unitSum(total), lane) / params.size;`
      : "let mean = 0.0;"
  }
  var squares = Unit();
  for (var i = lane; i < params.units; i += LANES) {
    let value = x[start + i] - mean;
    squares += value * value;
  }
  let factor = 1.0 / sqrt(laneSum(unitSum(squares), lane) / params.size + params.epsilon);
  var products = Unit();
  ${centred ? "var gradients = Unit();" : ""}
  for (var i = lane; i < params.units; i += LANES) {
    let normalised = (x[start + i] - mean) * factor;
    let weighted = gradient[start + i] * weight[i];
    products += weighted * normalised;
    ${centred ? "gradients += weighted;" : ""}
  }
  let along = laneSum(unitSum(products), lane) / params.size;
  let shift = ${centred ? "laneSum(unitSum(gradients), lane) / params.size" : "0.0"};
  for (var i = lane; i < params.units; i += LANES) {
    let normalised = (x[start + i] - mean) * factor;
    let incoming = gradient[start + i];
    dx[start + i] = factor * (incoming * weight[i] - shift - normalised * along);
    scaled[start + i] = incoming * normalised;
  }
}`,
  })
})

/** Gradient of y = x / max(|x|, 1e-12): (gradient - y (y · gradient)) / |x|. */
export const l2NormalizeBackwardKernel = kernelFamily((variant: RowVariant) => {
  const type = `array<${rowType(variant)}>`
  return defineKernel({
    name: "l2_normalize_backward",
    enable: rowEnable(variant),
    bindings: [
      { name: "x", type },
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
  var squares = Unit();
  var products = Unit();
  for (var i = lane; i < params.units; i += LANES) {
    let value = x[start + i];
    squares += value * value;
    products += value * gradient[start + i];
  }
  let length = max(sqrt(laneSum(unitSum(squares), lane)), 1e-12);
  let along = laneSum(unitSum(products), lane) / length / length;
  for (var i = lane; i < params.units; i += LANES) {
    dx[start + i] = (gradient[start + i] - x[start + i] * along) / length;
  }
}`,
  })
})
