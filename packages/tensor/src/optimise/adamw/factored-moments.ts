import { defineKernel } from "../../kernel/kernel.ts"
import { kernelFamily } from "../../kernel/kernel-family.ts"
import { workgroupGrid } from "../../kernel/workgroup-grid.ts"
import {
  type RowVariant,
  rowEnable,
  rowEntry,
  rowFunctions,
  rowType,
  rowUnits,
  rowVariant,
} from "../../kernels/row-kernel.ts"
import { sum } from "../../ops/sum.ts"
import { Tensor } from "../../tensor/tensor.ts"
import type { AdamWState } from "./adamw-state.ts"

/** Rows that one workgroup squares. */
const TILE = 16

/** Means of squares along rows are done at once; those along columns are left as sums over each tile of rows. */
const squaresKernel = kernelFamily((variant: RowVariant) =>
  defineKernel({
    name: `factored_squares_${rowType(variant)}`,
    enable: rowEnable(variant),
    bindings: [
      { name: "gradient", type: `array<${rowType(variant)}>` },
      { name: "factor", type: "array<f32>" },
      { name: "row_means", type: "array<f32>", write: true },
      { name: "column_sums", type: `array<${rowType(variant)}>`, write: true },
    ],
    params: { rows: "u32", units: "u32", columns: "f32", tiles: "u32", scaled: "u32", beta2: "f32" },
    code: /* wgsl */ `
${rowFunctions(variant)}
${rowEntry(variant)} {
  let tile = group.x + group.y * groups.x;
  if (tile >= params.tiles) { return; }
  let first = tile * ${TILE}u;
  let count = min(${TILE}u, params.rows - first);
  var squared = 1.0;
  if (params.scaled != 0u) { squared = factor[0] * factor[0]; }
  var sums: array<f32, ${TILE}>;
  for (var unit = lane; unit < params.units; unit += LANES) {
    var column = Unit();
    for (var i = 0u; i < count; i++) {
      let g = gradient[(first + i) * params.units + unit];
      let square = g * g * squared;
      column += square;
      sums[i] += unitSum(square);
    }
    column_sums[tile * params.units + unit] = column;
  }
  for (var i = 0u; i < count; i++) {
    let mean = laneSum(sums[i], lane) / params.columns;
    if (lane == 0u) { row_means[first + i] = params.beta2 * row_means[first + i] + (1.0 - params.beta2) * mean; }
  }
}`,
  }),
)

const columnsKernel = defineKernel({
  name: "factored_columns",
  bindings: [
    { name: "column_sums", type: "array<f32>" },
    { name: "column_means", type: "array<f32>", write: true },
  ],
  params: { columns: "u32", tiles: "u32", rows: "f32", beta2: "f32" },
  code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let column = id.x;
  if (column >= params.columns) { return; }
  var total = 0.0;
  for (var tile = 0u; tile < params.tiles; tile++) { total += column_sums[tile * params.columns + column]; }
  column_means[column] = params.beta2 * column_means[column] + (1.0 - params.beta2) * total / params.rows;
}`,
})

const applyKernel = kernelFamily(({ type }: { type: "vec4f" | "f32" }) =>
  defineKernel({
    name: `factored_apply_${type}`,
    bindings: [
      { name: "gradient", type: `array<${type}>` },
      { name: "factor", type: "array<f32>" },
      { name: "row_means", type: "array<f32>" },
      { name: "column_means", type: `array<${type}>` },
      { name: "row_total", type: "array<f32>" },
      { name: "value", type: `array<${type}>`, write: true },
      { name: "first", type: `array<${type}>`, write: true },
    ],
    params: {
      ...{ size: "u32", units: "u32", rows: "f32", scaled: "u32" },
      ...{ beta1: "f32", keep: "f32", rate: "f32", root: "f32", epsilon: "f32" },
    },
    code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i >= params.size) { return; }
  var g = gradient[i];
  if (params.scaled != 0u) { g *= factor[0]; }
  let m = params.beta1 * first[i] + (1.0 - params.beta1) * g;
  first[i] = m;
  // Divided first, and by no zero: products of small means would vanish.
  let share = row_means[i / params.units] / max(row_total[0] / params.rows, 1e-37);
  value[i] = value[i] * params.keep - params.rate * m / (sqrt(share * column_means[i % params.units]) * params.root + params.epsilon);
}`,
  }),
)

/**
 * The second moment of a matrix as the means of its rows and of its columns, whose outer product is near it
 * (Adafactor: Shazeer and Stern 2018); the first in f32: 4 bytes for each weight, two passes. Further axes count as
 * columns.
 */
export const factoredMoments: AdamWState = {
  layout: (shape) => ({
    first_moment: { shape },
    row_moment: { shape: [shape[0]!] },
    column_moment: { shape: [shape.slice(1).reduce((product, size) => product * size, 1)] },
  }),
  update({ value, gradient, state, coefficients, gradientFactor }) {
    const { device } = gradient
    const [first, row, column] = [state["first_moment"]!, state["row_moment"]!, state["column_moment"]!]
    const [rows, columns] = [row.size, column.size]
    const variant = rowVariant(device, columns)
    const units = rowUnits(variant, columns)
    const tiles = Math.ceil(rows / TILE)
    const { beta1, beta2, keep, rate, root, epsilon } = coefficients
    const [factor, scaled] = [gradientFactor ?? gradient, gradientFactor ? 1 : 0]
    using columnSums = Tensor.empty(device, [tiles, columns])
    device.run(squaresKernel(variant), {
      bindings: [gradient, factor, row, columnSums].map(({ buffer }) => buffer),
      params: [rows, units, columns, tiles, scaled, beta2],
      workgroups: workgroupGrid(device, tiles),
    })
    device.run(columnsKernel, {
      bindings: [columnSums.buffer, column.buffer],
      params: [columns, tiles, rows, beta2],
      workgroups: [Math.ceil(columns / 64)],
    })
    using total = sum(row)
    const size = rows * units
    device.run(applyKernel({ type: variant.vector ? "vec4f" : "f32" }), {
      bindings: [gradient, factor, row, column, total, value, first].map(({ buffer }) => buffer),
      params: [size, units, rows, scaled, beta1, keep, rate, root, epsilon],
      workgroups: workgroupGrid(device, Math.ceil(size / 64)),
    })
  },
}

/** The second moment of a gradient by its factors, in float64; those change in place. */
export function factoredReference(
  { rowMeans, columnMeans }: { rowMeans: Float64Array; columnMeans: Float64Array },
  gradient: ArrayLike<number>,
  beta2: number,
): Float64Array {
  const [rows, columns] = [rowMeans.length, columnMeans.length]
  rowMeans.forEach((mean, row) => {
    rowMeans[row] = beta2 * mean
  })
  columnMeans.forEach((mean, column) => {
    columnMeans[column] = beta2 * mean
  })
  for (let i = 0; i < rows * columns; i++) {
    rowMeans[Math.floor(i / columns)]! += ((1 - beta2) * gradient[i]! ** 2) / columns
    columnMeans[i % columns]! += ((1 - beta2) * gradient[i]! ** 2) / rows
  }
  const mean = rowMeans.reduce((total, value) => total + value, 0) / rows
  return Float64Array.from(
    { length: rows * columns },
    (_, i) => (rowMeans[Math.floor(i / columns)]! * columnMeans[i % columns]!) / mean,
  )
}
