import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import { epilogueBindings, finishFunctions, productParams } from "./matmul-epilogue.ts"
import { narrowInput, narrowInputType, narrowWide } from "./matmul-tiles.ts"
import { narrowWeight, type WeightKind, weightBindings } from "./matmul-weights.ts"

export interface MatvecGroupsVariant extends Readonly<Record<string, string | number | boolean>> {
  readonly kind: WeightKind
  /** Most rows: 1 or 8. */
  readonly tile: number
  readonly transposed: boolean
  readonly aligned: boolean
}

/**
 * Product of a few rows for ordinary GPUs, where reading B is what takes the time: a workgroup of 256 computes 32
 * columns, eight invocations to a column, each taking every eighth group of four inputs for all rows at once.
 */
export const matvecGroupsKernel = kernelFamily(({ kind, tile, transposed, aligned }: MatvecGroupsVariant) => {
  const byInput = kind.startsWith("dense_nk")
  return defineKernel({
    name: `matvec_groups_${kind}_${tile}${transposed ? "_transposed" : ""}`,
    bindings: [
      { name: "a", type: narrowInputType(transposed, aligned) },
      ...weightBindings(kind, narrowWide(kind, aligned)),
      ...epilogueBindings(false),
    ],
    params: productParams,
    code: /* wgsl */ `
${finishFunctions(false)}
var<private> a_base: u32;
var<private> weight_base: u32;
${narrowInput(transposed, aligned)}
${narrowWeight(kind, aligned)}
var<workgroup> partial: array<f32, ${256 * tile}>;
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  a_base = group.z * params.a_batch;
  weight_base = group.z * params.b_batch;
  let own_column = ${byInput ? "index / 8u" : "index % 32u"};
  let part = ${byInput ? "index % 8u" : "index / 32u"};
  let column = min(group.x * 32u + own_column, params.columns - 1u);
  var sums: array<f32, ${tile}>;
  for (var k = part * 4u; k < params.k; k += 32u) {
    let b = weight(column, k);
    for (var row = 0u; row < ${tile}u; row++) { sums[row] += dot(input(min(row, params.rows - 1u), k), b); }
  }
  for (var row = 0u; row < ${tile}u; row++) { partial[(row * 8u + part) * 32u + own_column] = sums[row]; }
  workgroupBarrier();
  for (var item = index; item < ${32 * tile}u; item += 256u) {
    let row = item / 32u;
    let output = group.x * 32u + item % 32u;
    if (row >= params.rows || output >= params.columns) { continue; }
    var sum = 0.0;
    for (var i = 0u; i < 8u; i++) { sum += partial[(row * 8u + i) * 32u + item % 32u]; }
    finish(group.z * params.y_batch, row, output, sum);
  }
}`,
  })
})
