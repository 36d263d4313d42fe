import { defineKernel } from "../../kernel/kernel.ts"
import { kernelFamily } from "../../kernel/kernel-family.ts"
import { workgroupGrid } from "../../kernel/workgroup-grid.ts"
import { type RowVariant, rowEnable, rowEntry, rowFunctions, rowVariant } from "../../kernels/row-kernel.ts"
import { elementCount } from "../../tensor/shape.ts"
import type { AdamWState } from "./adamw-state.ts"
import { decodeDynamic, dynamicCodeFunctions, encodeDynamic } from "./dynamic-code.ts"

/** Elements that share a scale. */
const BLOCK = 256

const kernelFor = kernelFamily((variant: RowVariant) =>
  defineKernel({
    name: "adamw_blockwise",
    enable: rowEnable(variant),
    bindings: [
      { name: "gradient", type: "array<vec4f>" },
      { name: "factor", type: "array<f32>" },
      { name: "value", type: "array<vec4f>", write: true },
      { name: "first", type: "array<u32>", write: true },
      { name: "second", type: "array<u32>", write: true },
      { name: "scales", type: "array<vec2f>", write: true },
    ],
    params: {
      ...{ size: "u32", units: "u32", blocks: "u32", scaled: "u32" },
      ...{ beta1: "f32", beta2: "f32", keep: "f32", rate: "f32", root: "f32", epsilon: "f32" },
    },
    code: /* wgsl */ `
${rowFunctions(variant)}
${dynamicCodeFunctions}
const UNITS = ${BLOCK / 4}u / LANES;
const SHIFTS = vec4u(0u, 8u, 16u, 24u);
fn join(codes: vec4u) -> u32 { let at = codes << SHIFTS; return (at.x | at.y) | (at.z | at.w); }
${rowEntry(variant)} {
  let block = group.x + group.y * groups.x;
  if (block >= params.blocks) { return; }
  let scale = scales[block];
  var firsts: array<vec4f, UNITS>;
  var roots: array<vec4f, UNITS>;
  var largest = vec4f();
  var largest_root = vec4f();
  for (var unit = 0u; unit < UNITS; unit++) {
    let i = block * ${BLOCK / 4}u + unit * LANES + lane;
    if (i >= params.units) { continue; }
    var g = gradient[i];
    if (params.scaled != 0u) { g *= factor[0]; }
    // What pads the last four is no part of the block.
    g = select(g, vec4f(), 4u * i + vec4u(0u, 1u, 2u, 3u) >= vec4u(params.size));
    let first_codes = (vec4u(first[i]) >> SHIFTS) & vec4u(255u);
    let first_size = decode(first_codes & vec4u(127u), 7u) * scale.x;
    let root_before = decode((vec4u(second[i]) >> SHIFTS) & vec4u(255u), 8u) * scale.y;
    let m = params.beta1 * select(first_size, -first_size, first_codes > vec4u(127u)) + (1.0 - params.beta1) * g;
    let root = sqrt(params.beta2 * root_before * root_before + (1.0 - params.beta2) * g * g);
    value[i] = value[i] * params.keep - params.rate * m / (root * params.root + params.epsilon);
    firsts[unit] = m;
    roots[unit] = root;
    largest = max(largest, abs(m));
    largest_root = max(largest_root, root);
  }
  let kept = vec2f(laneMax(unitMax(largest), lane), laneMax(unitMax(largest_root), lane));
  if (lane == 0u) { scales[block] = kept; }
  let inverse = select(1.0 / kept, vec2f(), kept == vec2f());
  for (var unit = 0u; unit < UNITS; unit++) {
    let i = block * ${BLOCK / 4}u + unit * LANES + lane;
    if (i >= params.units) { continue; }
    let m = firsts[unit];
    first[i] = join(encode(abs(m) * inverse.x, 7u) | select(vec4u(), vec4u(128u), m < vec4f()));
    // A root that is not zero stays so: it divides.
    let root = roots[unit] * inverse.y;
    second[i] = join(max(encode(root, 8u), select(vec4u(), vec4u(1u), root > vec4f())));
  }
}`,
  }),
)

/**
 * Both moments in 8 bits, with a scale for every 256 elements (Dettmers et al. 2022): 2 bytes for each weight, one pass.
 * Of the second moment the root is kept, which spans as many decades as the first.
 */
export const blockwiseMoments: AdamWState = {
  layout(shape) {
    const size = elementCount(shape)
    const codes = { shape: [Math.ceil(size / 4)], dtype: "u32" } as const
    return { first_moment: codes, second_moment: codes, moment_scales: { shape: [Math.ceil(size / BLOCK), 2] } }
  },
  update({ value, gradient, state, coefficients, gradientFactor }) {
    const { device, size } = gradient
    const { lanes, subgroup } = rowVariant(device, BLOCK)
    const variant = { lanes: Math.min(lanes, BLOCK / 4), subgroup, vector: true }
    const blocks = Math.ceil(size / BLOCK)
    const { beta1, beta2, keep, rate, root, epsilon } = coefficients
    const tensors = [state["first_moment"]!, state["second_moment"]!, state["moment_scales"]!]
    device.run(kernelFor(variant), {
      bindings: [gradient, gradientFactor ?? gradient, value, ...tensors].map(({ buffer }) => buffer),
      params: [
        ...[size, Math.ceil(size / 4), blocks, gradientFactor ? 1 : 0],
        ...[beta1, beta2, keep, rate, root, epsilon],
      ],
      workgroups: workgroupGrid(device, blocks),
    })
  },
}

/** What a moment becomes by being kept in 8 bits, in float64, in place: signed ones, or roots. */
export function blockwiseReference(values: Float64Array, kind: "signed" | "root"): void {
  for (let begin = 0; begin < values.length; begin += BLOCK) {
    const block = values.subarray(begin, begin + BLOCK)
    const largest = block.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    if (largest === 0) continue
    for (const [i, value] of block.entries()) {
      const part = Math.abs(value) / largest
      const bits = kind === "signed" ? 7 : 8
      const code = Math.max(encodeDynamic(part, bits), kind === "root" && part > 0 ? 1 : 0)
      block[i] = Math.sign(value) * decodeDynamic(code, bits) * largest
    }
  }
}
