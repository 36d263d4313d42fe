import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import { epilogueBindings, finishFunctions, productParams } from "./matmul-epilogue.ts"
import { type WeightKind, weightBindings, wideScales, wideStep, wideWeight } from "./matmul-weights.ts"

export interface LanesVariant extends Readonly<Record<string, string | number | boolean>> {
  readonly kind: WeightKind
  /** Lanes of a subgroup: 4 or 8. Eight lanes of four columns are one panel. */
  readonly lanes: number
  /** Output rows of a workgroup: a multiple of the lanes. */
  readonly tile: number
  /** A is stored `[k, rows]`; k and rows must be multiples of the lanes and of 4. */
  readonly transposed: boolean
  /** Outputs are stored four at a time. */
  readonly vector: boolean
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i)

/**
 * Product for processors that pose as GPUs, with subgroups of 8 (or 4) lanes. There a load by lanes costs as much as
 * hundreds of multiplications, and a broadcast one instruction. So a workgroup is one subgroup; it computes `tile` rows
 * by four columns to a lane. Each lane loads four inputs of "its" row of A, which are then broadcast one by one.
 * Inputs come in multiples of 4.
 */
export const matmulLanesKernel = kernelFamily(({ kind, lanes, tile, transposed, vector }: LanesVariant) => {
  const step = transposed ? lanes : wideStep(kind)
  const rows = range(tile)
  const quantised = kind.startsWith("q")
  const body = transposed ? transposedStep(lanes, tile) : rowStep(kind, lanes, tile)
  const loop = quantised
    ? `for (var block = 0u; block < params.k / 32u; block++) {
    ${wideScales(kind, "block")}
    for (var part = 0u; part < ${32 / step}u; part++) { let k = block * 32u + part * ${step}u; ${body} }
  }`
    : `for (var k = 0u; k < params.k; k += ${step}u) { ${body} }`
  return defineKernel({
    name: `matmul_lanes_${kind}_${lanes}_${tile}${transposed ? "_transposed" : ""}`,
    enable: ["subgroups"],
    bindings: [{ name: "a", type: "array<vec4f>" }, ...weightBindings(kind, true), ...epilogueBindings(vector)],
    params: productParams,
    code: /* wgsl */ `
${finishFunctions(vector)}
@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let first_row = group.y * ${tile}u;
  ${laneColumns(lanes)}
  let column = ${kind === "dense_kn" ? "min(own_column, params.columns - 4u)" : "own_column"};
  let a_base = group.z * params.a_batch;
  let weight_base = group.z * params.b_batch;
  ${transposed ? "" : rowBases(lanes, tile)}
  ${rows.map((i) => `var s${i} = vec4f();`).join(" ")}
  ${loop}
  if (own_column >= params.columns) { return; }
  var sums = array<vec4f, ${tile}>(${rows.map((i) => `s${i}`).join(", ")});
  let count = min(${tile}u, params.rows - first_row);
  for (var i = 0u; i < count; i++) { finish4(group.z * params.y_batch, first_row + i, own_column, sums[i]); }
}`,
  })
})

/**
 * WGSL that finds the lane's columns: `own_column`, the first of four, in vector `slot` of `panel`. `group` is the
 * number of the workgroup among those of the matrix, whose first panel is `first`.
 */
export const laneColumns = (lanes: number, group = "group.x", first = "params.panel") =>
  lanes === 8
    ? `let panel = ${first} + ${group};
  let slot = lane;
  let own_column = ${group} * 32u + lane * 4u;`
    : `let panel = ${first} + ${group} / ${8 / lanes}u;
  let slot = ${group} % ${8 / lanes}u * ${lanes}u + lane;
  let own_column = (${group} * ${lanes}u + lane) * 4u;`

function rowBases(lanes: number, tile: number): string {
  return range(tile / lanes)
    .map((q) => `let row${q} = (a_base + min(first_row + ${q * lanes}u + lane, params.rows - 1u) * params.k) / 4u;`)
    .join("\n  ")
}

function rowStep(kind: WeightKind, lanes: number, tile: number): string {
  const step = wideStep(kind)
  const loads = range(tile / lanes).flatMap((q) =>
    range(step / 4).map((u) => `let a${q}_${u} = a[row${q} + k / 4u + ${u}u];`),
  )
  const products = range(tile).map((i) => {
    const value = (k: number) => `a${Math.floor(i / lanes)}_${k >> 2}[${k & 3}]`
    const terms = range(step).map((k) => `subgroupBroadcast(${value(k)}, ${i % lanes}u) * b${k}`)
    return `s${i} += ${terms.join(" + ")};`
  })
  return [...loads, wideWeight(kind, "k"), ...products].join("\n")
}

function transposedStep(lanes: number, tile: number): string {
  const loads = range(tile / 4).map(
    (q) => `let a${q} = a[(a_base + (k + lane) * params.rows + min(first_row + ${4 * q}u, params.rows - 4u)) / 4u];`,
  )
  const weights = range(lanes).map(
    (i) => `let b${i} = weights[(weight_base + (k + ${i}u) * params.columns + column) / 4u];`,
  )
  const products = range(tile).map((i) => {
    const terms = range(lanes).map((k) => `subgroupBroadcast(a${i >> 2}[${i & 3}], ${k}u) * b${k}`)
    return `s${i} += ${terms.join(" + ")};`
  })
  return [...loads, ...weights, ...products].join("\n")
}
