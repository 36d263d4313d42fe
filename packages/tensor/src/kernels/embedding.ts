import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import { narrowWide } from "./matmul-tiles.ts"
import { narrowWeight, type WeightKind, weightBindings } from "./matmul-weights.ts"

export interface EmbeddingVariant extends Readonly<Record<string, string | number | boolean>> {
  readonly kind: WeightKind
  readonly aligned: boolean
}

/**
 * Rows of a table by id, four elements to an invocation. The table may come in parts: a dispatch writes the rows of
 * its part, the dispatch of the first part also those of ids outside the table, as NaN.
 */
export const embeddingKernel = kernelFamily(({ kind, aligned }: EmbeddingVariant) =>
  defineKernel({
    name: `embedding_${kind}`,
    bindings: [
      { name: "ids", type: "array<i32>" },
      ...weightBindings(kind, narrowWide(kind, aligned)),
      { name: "y", type: "array<f32>", write: true },
    ],
    params: {
      items: "u32",
      units: "u32",
      k: "u32",
      first: "i32",
      columns: "u32",
      table: "i32",
      groups: "u32",
      panel: "u32",
      nan: "f32",
    },
    code: /* wgsl */ `
const weight_base = 0u;
${narrowWeight(kind, aligned)}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let item = (group.x + group.y * groups.x) * 64u + lane;
  if (item >= params.items) { return; }
  let index = item / params.units;
  let k = item % params.units * 4u;
  let id = ids[index];
  let within = id - params.first;
  var value = vec4f(params.nan);
  if (id >= 0 && id < params.table) {
    if (within < 0 || within >= i32(params.columns)) { return; }
    value = weight(u32(within), k);
  } else if (params.first != 0) { return; }
  let at = index * params.k + k;
  for (var i = 0u; i < 4u; i++) { if (k + i < params.k) { y[at + i] = value[i]; } }
}`,
  }),
)
