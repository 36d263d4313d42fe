import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import { epilogueBindings, finishFunctions, productParams } from "./matmul-epilogue.ts"
import { laneColumns } from "./matmul-lanes.ts"
import { type WeightKind, weightBindings, wideScales, wideStep, wideWeight } from "./matmul-weights.ts"

export interface MatvecLanesVariant extends Readonly<Record<string, string | number | boolean>> {
  /** Any but dense_kn. */
  readonly kind: WeightKind
  /** Lanes of a subgroup: 4 or 8. */
  readonly lanes: number
  readonly vector: boolean
}

/**
 * Product of one row on processors with subgroups of 8 or 4 lanes (see `matmulLanesKernel`). For packed matrices the lanes
 * share out the inputs: one or two loads fetch 32 of them. Dense rows are read along their inputs, eight rows to a
 * workgroup, and the lanes' sums are added up at the end. Inputs come in multiples of 4.
 */
export const matvecLanesKernel = kernelFamily(({ kind, lanes, vector }: MatvecLanesVariant) => {
  const dense = kind.startsWith("dense_nk")
  return defineKernel({
    name: `matvec_lanes_${kind}_${lanes}`,
    enable: ["subgroups"],
    bindings: [{ name: "a", type: "array<vec4f>" }, ...weightBindings(kind, true), ...epilogueBindings(vector)],
    params: productParams,
    code: /* wgsl */ `
${finishFunctions(vector)}
${kind === "dense_nk_f16" ? "fn unpack4(w: vec2u) -> vec4f { return vec4f(unpack2x16float(w.x), unpack2x16float(w.y)); }" : ""}
@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let a_base = group.z * params.a_batch;
  let weight_base = group.z * params.b_batch;
  ${dense ? denseBody(kind, lanes) : packedBody(kind, lanes)}
  if (own_column < params.columns) { finish4(group.z * params.y_batch, 0u, own_column, sum); }
}`,
  })
})

function packedBody(kind: WeightKind, lanes: number): string {
  return /* wgsl */ `
  ${laneColumns(lanes)}
  ${kind.startsWith("q") ? quantisedSums(kind, lanes, [""]) : floatSum(kind, lanes)}`
}

const LOAD_INPUTS = "a[(a_base + min(first + lane * 4u, params.k - 4u)) / 4u]"

/** WGSL: the inputs `t` times the step and on, of those that the lanes loaded into `x`, by their weights. */
function products(kind: WeightKind): string {
  const step = wideStep(kind)
  const terms = Array.from({ length: step }, (_, k) => {
    return `subgroupShuffle(x[${k & 3}], t * ${step / 4}u + ${k >> 2}u) * b${k}`
  })
  return terms.join(" + ")
}

/**
 * WGSL that multiplies one row `a` by the lane's four columns of quantised matrices of one format and of equal inputs.
 * For each suffix, `weights` and `scales` with it are the matrix's bindings and `sum` with it (vec4f) the result. Needs
 * `a_base`, params.k, params.groups, and the columns by `panel` and `slot`. The inner loop's end is never a constant for
 * the compiler, which would unroll it: that takes longer to compile and to run.
 */
export function quantisedSums(kind: WeightKind, lanes: number, suffixes: readonly string[]): string {
  const step = wideStep(kind)
  const reach = 4 * lanes // inputs that the lanes load at once
  const product = (suffix: string) => /* wgsl */ `{
      ${wideScales(kind, "(first / 32u)")}
      for (var t = 0u; t < min(${reach / step}u, (params.k - first) / ${step}u); t++) {
        ${wideWeight(kind, `(first + t * ${step}u)`)}
        sum${suffix} += ${products(kind)};
      }
    }`
  return /* wgsl */ `${suffixes.map((suffix) => `var sum${suffix} = vec4f();`).join(" ")}
  for (var first = 0u; first < params.k; first += ${reach}u) {
    let x = ${LOAD_INPUTS};
    ${suffixes.map((suffix) => product(suffix).replaceAll(/\b(weights|scales)\[/g, `$1${suffix}[`)).join("\n    ")}
  }`
}

/** The same for one matrix of floats. In one loop: even so an inner one would be unrolled, and compiled for seconds. */
function floatSum(kind: WeightKind, lanes: number): string {
  return /* wgsl */ `var sum = vec4f();
  var x = vec4f();
  for (var first = 0u; first < params.k; first += 4u) {
    let t = first / 4u % ${lanes}u;
    if (t == 0u) { x = ${LOAD_INPUTS}; }
    ${wideWeight(kind, "first")}
    sum += ${products(kind)};
  }`
}

function denseBody(kind: WeightKind, lanes: number): string {
  const outputs = [0, 1, 2, 3, 4, 5, 6, 7]
  const load = (j: number) => {
    const index = `weights[(row${j} + k) / 4u]`
    if (kind === "dense_nk") return index
    return `unpack4(${index})`
  }
  const total = (j: number) => `subgroupAdd((s${j}.x + s${j}.y) + (s${j}.z + s${j}.w))`
  return /* wgsl */ `
  let first = group.x * 8u;
  ${outputs.map((j) => `let row${j} = weight_base + min(first + ${j}u, params.columns - 1u) * params.k; var s${j} = vec4f();`).join("\n  ")}
  for (var k = lane * 4u; k < params.k; k += ${lanes * 4}u) {
    let x = a[(a_base + k) / 4u];
    ${outputs.map((j) => `s${j} += ${load(j)} * x;`).join("\n    ")}
  }
  let low = vec4f(${outputs.slice(0, 4).map(total).join(", ")});
  let high = vec4f(${outputs.slice(4).map(total).join(", ")});
  if (lane > 1u) { return; }
  let own_column = first + lane * 4u;
  let sum = select(low, high, lane == 1u);`
}
