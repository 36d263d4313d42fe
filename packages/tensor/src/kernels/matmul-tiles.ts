import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import { epilogueBindings, finishFunctions, productParams } from "./matmul-epilogue.ts"
import { narrowWeight, type WeightKind, weightBindings } from "./matmul-weights.ts"

/** Rows and columns of the output that one workgroup computes. */
export const TILE = 64

export interface TilesVariant extends Readonly<Record<string, string | number | boolean>> {
  readonly kind: WeightKind
  /** A is stored `[k, rows]`. */
  readonly transposed: boolean
  /** Where A and B hold inputs side by side, rows of them hold a multiple of 4. */
  readonly aligned: boolean
}

/** WGSL `fn input(row: u32, k: u32) -> vec4f`: A at four inputs of one row, zero past the end of the inputs. */
export function narrowInput(transposed: boolean, aligned: boolean): string {
  if (aligned && !transposed) {
    return "fn input(row: u32, k: u32) -> vec4f { return a[(a_base + row * params.k + k) / 4u]; }"
  }
  const index = (i: number) =>
    transposed
      ? `a_base + min(k + ${i}u, params.k - 1u) * params.rows + row`
      : `a_base + row * params.k + min(k + ${i}u, params.k - 1u)`
  const values = [0, 1, 2, 3].map((i) => `select(0.0, a[${index(i)}], k + ${i}u < params.k)`)
  return `fn input(row: u32, k: u32) -> vec4f { return vec4f(${values.join(", ")}); }`
}

/** The WGSL type of A as `narrowInput` reads it. */
export const narrowInputType = (transposed: boolean, aligned: boolean) =>
  aligned && !transposed ? "array<vec4f>" : "array<f32>"

/** Whether `narrowWeight` reads vectors. */
export const narrowWide = (kind: WeightKind, aligned: boolean) => aligned && kind.startsWith("dense_nk")

/**
 * Product for ordinary GPUs, and for any sizes: a workgroup of 256 stages 64 rows of A and 64 columns of B, 16 inputs
 * at a time, in workgroup memory; each invocation computes four rows by four columns. Rows of the staged tiles are
 * five vectors apart so that neighbouring invocations meet different memory banks.
 */
export const matmulTilesKernel = kernelFamily(({ kind, transposed, aligned }: TilesVariant) => {
  const stageByInput = kind.startsWith("dense_nk")
  return defineKernel({
    name: `matmul_tiles_${kind}${transposed ? "_transposed" : ""}`,
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
var<workgroup> a_tile: array<vec4f, 320>;
var<workgroup> b_tile: array<vec4f, 320>;
@compute @workgroup_size(16, 16)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u, @builtin(local_invocation_index) index: u32) {
  a_base = group.z * params.a_batch;
  weight_base = group.z * params.b_batch;
  let a_row = ${transposed ? "index % 64u" : "index / 4u"};
  let a_part = ${transposed ? "index / 64u" : "index % 4u"};
  let b_column = ${stageByInput ? "index / 4u" : "index % 64u"};
  let b_part = ${stageByInput ? "index % 4u" : "index / 64u"};
  let a_source = min(group.y * 64u + a_row, params.rows - 1u);
  let b_source = min(group.x * 64u + b_column, params.columns - 1u);
  var sums: array<vec4f, 4>;
  for (var k = 0u; k < params.k; k += 16u) {
    let a_k = k + a_part * 4u;
    let b_k = k + b_part * 4u;
    var a_value = vec4f();
    var b_value = vec4f();
    if (a_k < params.k) { a_value = input(a_source, a_k); }
    if (b_k < params.k) { b_value = weight(b_source, b_k); }
    a_tile[a_row * 5u + a_part] = a_value;
    b_tile[b_column * 5u + b_part] = b_value;
    workgroupBarrier();
    for (var part = 0u; part < 4u; part++) {
      let b0 = b_tile[local.x * 5u + part];
      let b1 = b_tile[(local.x + 16u) * 5u + part];
      let b2 = b_tile[(local.x + 32u) * 5u + part];
      let b3 = b_tile[(local.x + 48u) * 5u + part];
      let a0 = a_tile[(local.y * 4u) * 5u + part];
      let a1 = a_tile[(local.y * 4u + 1u) * 5u + part];
      let a2 = a_tile[(local.y * 4u + 2u) * 5u + part];
      let a3 = a_tile[(local.y * 4u + 3u) * 5u + part];
      sums[0] += vec4f(dot(a0, b0), dot(a0, b1), dot(a0, b2), dot(a0, b3));
      sums[1] += vec4f(dot(a1, b0), dot(a1, b1), dot(a1, b2), dot(a1, b3));
      sums[2] += vec4f(dot(a2, b0), dot(a2, b1), dot(a2, b2), dot(a2, b3));
      sums[3] += vec4f(dot(a3, b0), dot(a3, b1), dot(a3, b2), dot(a3, b3));
    }
    workgroupBarrier();
  }
  // Bounds that are only known at run time keep compilers from unrolling the epilogue sixteen times.
  let first_row = group.y * 64u + local.y * 4u;
  let first_column = group.x * 64u + local.x;
  let last_row = min(first_row + 4u, params.rows);
  let last_column = min(first_column + 64u, params.columns);
  for (var row = first_row; row < last_row; row++) {
    for (var column = first_column; column < last_column; column += 16u) {
      finish(group.z * params.y_batch, row, column, sums[row - first_row][(column - first_column) / 16u]);
    }
  }
}`,
  })
})
