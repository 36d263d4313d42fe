import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import type { MatrixFormat } from "../matrix/matrix-format.ts"
import { activationFunctions } from "./activations.ts"
import { laneColumns } from "./matmul-lanes.ts"
import { weightBindings } from "./matmul-weights.ts"
import { quantisedSums } from "./matvec-lanes.ts"

type MatvecGatedVariant = {
  readonly kind: MatrixFormat
  /** Lanes of a subgroup: 4 or 8. */
  readonly lanes: number
}

type MatvecTogetherVariant = MatvecGatedVariant & { readonly count: number }

const matrixBindings = (kind: MatrixFormat, suffix: string) =>
  weightBindings(kind, true).map((binding) => ({ ...binding, name: `${binding.name}${suffix}` }))

/**
 * One row by several quantised matrices (see `matvecLanesKernel`). On a processor a dispatch costs as much as a product
 * with a hundred thousand weights: its threads are woken and waited for. Columns come in multiples of 4.
 */
export const matvecTogetherKernel = kernelFamily(({ kind, lanes, count }: MatvecTogetherVariant) => {
  const numbers = Array.from({ length: count }, (_, i) => i)
  return defineKernel({
    name: `matvec_together_${kind}_${lanes}_${count}`,
    enable: ["subgroups"],
    bindings: [
      { name: "a", type: "array<vec4f>" },
      ...numbers.flatMap((i) => matrixBindings(kind, `_${i}`)),
      ...numbers.map((i) => ({ name: `y_${i}`, type: "array<vec4f>", write: true })),
    ],
    params: { k: "u32", groups: "u32", ...Object.fromEntries(numbers.map((i) => [`columns_${i}`, "u32" as const])) },
    code: /* wgsl */ `
@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let a_base = 0u;
  var own = group.x;
  ${numbers
    .map(
      (i) => `let groups_${i} = (params.columns_${i} + ${4 * lanes - 1}u) / ${4 * lanes}u;
  if (own < groups_${i}) {
  ${laneColumns(lanes, "own", "0u")}
  ${quantisedSums(kind, lanes, [`_${i}`])}
  if (own_column < params.columns_${i}) { y_${i}[own_column / 4u] = sum_${i}; }
  return;
  }
  own -= groups_${i};`,
    )
    .join("\n  ")}
}`,
  })
})

/** silu(x·gate) * (x·up) for one row and two quantised matrices of one shape. */
export const matvecGatedKernel = kernelFamily(({ kind, lanes }: MatvecGatedVariant) =>
  defineKernel({
    name: `matvec_gated_${kind}_${lanes}`,
    enable: ["subgroups"],
    bindings: [
      { name: "a", type: "array<vec4f>" },
      ...matrixBindings(kind, "_gate"),
      ...matrixBindings(kind, "_up"),
      { name: "y", type: "array<vec4f>", write: true },
    ],
    params: { k: "u32", groups: "u32", columns: "u32" },
    code: /* wgsl */ `
${activationFunctions("vec4f")}
@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let a_base = 0u;
  ${laneColumns(lanes, "group.x", "0u")}
  ${quantisedSums(kind, lanes, ["_gate", "_up"])}
  if (own_column < params.columns) { y[own_column / 4u] = sum_gate * sigmoid_vec4f(sum_gate) * sum_up; }
}`,
  }),
)
