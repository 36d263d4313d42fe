import type { Device } from "../device/device.ts"
import type { KernelSource } from "../kernel/kernel.ts"

/** How one workgroup walks one row. */
export type RowVariant = {
  readonly lanes: number
  /** The workgroup is one subgroup, so that its lanes reduce by shuffles, without workgroup memory. */
  readonly subgroup: boolean
  /** Elements are loaded four at a time. */
  readonly vector: boolean
}

/**
 * Kernels that reduce rows run one workgroup per row. A processor runs one subgroup for it: barriers are dear there.
 * A GPU runs a larger workgroup that reduces through workgroup memory, so that a single long row is still quick.
 */
export function rowVariant(device: Device, rowSize: number): RowVariant {
  const { software, subgroupSize } = device.profile
  const subgroup = software && subgroupSize >= 4
  return { lanes: subgroup ? subgroupSize : 128, subgroup, vector: rowSize % 4 === 0 }
}

/** The WGSL type of an element as the variant loads it. */
export function rowType(variant: RowVariant): string {
  return variant.vector ? "vec4f" : "f32"
}

/** Elements of the row in units of `rowType`. */
export function rowUnits(variant: RowVariant, rowSize: number): number {
  return variant.vector ? rowSize / 4 : rowSize
}

export const rowEnable = (variant: RowVariant): NonNullable<KernelSource["enable"]> =>
  variant.subgroup ? ["subgroups"] : []

export const rowEntry = (variant: RowVariant): string => /* wgsl */ `
@compute @workgroup_size(${variant.lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32)`

/**
 * WGSL for the variant: `LANES`, the element type `Unit`, `unitSum`, `unitMax`, and `laneSum`, `laneMax`, which
 * combine one value of every lane and hand the result to all. The latter must be reached by all lanes together.
 */
export function rowFunctions(variant: RowVariant): string {
  const units = variant.vector
    ? /* wgsl */ `
alias Unit = vec4f;
fn unitSum(a: vec4f) -> f32 { return (a.x + a.y) + (a.z + a.w); }
fn unitMax(a: vec4f) -> f32 { return max(max(a.x, a.y), max(a.z, a.w)); }`
    : /* wgsl */ `
alias Unit = f32;
fn unitSum(a: f32) -> f32 { return a; }
fn unitMax(a: f32) -> f32 { return a; }`
  return `const LANES = ${variant.lanes}u;${units}${variant.subgroup ? subgroupReductions(variant.lanes) : memoryReductions}`
}

function subgroupReductions(lanes: number): string {
  const reduce = (name: string, combine: (a: string, b: string) => string) => {
    const steps: string[] = []
    for (let distance = 1; distance < lanes; distance *= 2) {
      steps.push(`  total = ${combine("total", `subgroupShuffleXor(total, ${distance}u)`)};`)
    }
    return `
fn ${name}(value: f32, lane: u32) -> f32 {
  var total = value;
${steps.join("\n")}
  return total;
}`
  }
  return reduce("laneSum", (a, b) => `${a} + ${b}`) + reduce("laneMax", (a, b) => `max(${a}, ${b})`)
}

const memoryReductions = /* wgsl */ `
var<workgroup> shared_values: array<f32, LANES>;
fn laneSum(value: f32, lane: u32) -> f32 {
  shared_values[lane] = value;
  workgroupBarrier();
  for (var stride = LANES / 2u; stride > 0u; stride >>= 1u) {
    if (lane < stride) { shared_values[lane] += shared_values[lane + stride]; }
    workgroupBarrier();
  }
  let total = shared_values[0];
  workgroupBarrier();
  return total;
}
fn laneMax(value: f32, lane: u32) -> f32 {
  shared_values[lane] = value;
  workgroupBarrier();
  for (var stride = LANES / 2u; stride > 0u; stride >>= 1u) {
    if (lane < stride) { shared_values[lane] = max(shared_values[lane], shared_values[lane + stride]); }
    workgroupBarrier();
  }
  let total = shared_values[0];
  workgroupBarrier();
  return total;
}`
