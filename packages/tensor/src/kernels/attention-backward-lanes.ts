import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import { type AttentionSide, attentionBackwardParams, attentionSides } from "./attention-backward.ts"

type LanesVariant = {
  readonly of: AttentionSide
  /** Size of the subgroup, which is the whole workgroup. */
  readonly lanes: number
  /** Head size in vec4s. */
  readonly units: number
  readonly segments: boolean
}

/** Rows of one workgroup. */
export const BACKWARD_ROWS = 8

const each = (count: number, code: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => code(i)).join("")

/**
 * Gradients of attention in the registers of one subgroup, for processors (the scores are computed again: Dao et al.
 * 2022). Laid out as `attention-lanes`: a lane owns four neighbouring columns; rows are spread over the lanes, four
 * dimensions at a time; of the result, a lane owns every `lanes`-th vec4 of the head.
 */
export const attentionBackwardLanesKernel = kernelFamily(({ of, lanes, units, segments }: LanesVariant) => {
  const rows = BACKWARD_ROWS
  const side = attentionSides[of]
  const keys = of === "key_value" // the rows are keys, the columns queries
  const holders = Math.ceil(rows / lanes)
  const owned = Math.ceil(units / lanes)
  const ofRow = (name: string, row: number) => `subgroupShuffle(${name}${Math.floor(row / lanes)}, ${row % lanes}u)`

  const scores = each(
    rows,
    (r) => `
      { let a = ${ofRow("a", r)}; scores${r} += vec4f(dot(a, b0), dot(a, b1), dot(a, b2), dot(a, b3));
        let c = ${ofRow("c", r)}; slopes${r} += vec4f(dot(c, d0), dot(c, d1), dot(c, d2), dot(c, d3)); }`,
  )
  const weights = each(rows, (r) => {
    const column = (name: string, typed: string) => (keys ? `column_${name}` : `${typed}(${ofRow(name, r)})`)
    const key = keys ? `vec4u(${ofRow("row", r)})` : "columns"
    const unlike = keys
      ? `(vec4f(${ofRow("segment", r)}) != column_segment)`
      : `(column_segment != vec4f(${ofRow("segment", r)}))`
    return `
    {
      let unseen = (${key} >= ${column("end", "vec4u")}) | past${segments ? ` | ${unlike}` : ""};
      // Hidden scores may be anything: their exponential must not overflow before it is dropped.
      let weight = select(exp(min(scores${r} - ${column("log_sum", "vec4f")}, vec4f(80.0))), vec4f(), unseen);
      slopes${r} = weight * (slopes${r} - ${column("delta", "vec4f")});
      scores${r} = weight;
    }`
  })
  const loads = (buffer: string, name: string) =>
    each(4, (k) => each(owned, (o) => `let ${name}${k}_${o} = ${buffer}[start${k} + unit${o}]; `))
  const accumulate = each(rows, (r) => {
    const sums = (result: string, loaded: string) =>
      each(
        owned,
        (o) =>
          `${result}${r}_${o} += w.x * ${loaded}0_${o} + w.y * ${loaded}1_${o} + w.z * ${loaded}2_${o} + w.w * ${loaded}3_${o}; `,
      )
    return `
      { let w = subgroupShuffle(slopes${r}, holder); ${sums("first", "b")}}${
        keys ? `\n      { let w = subgroupShuffle(scores${r}, holder); ${sums("second", "d")}}` : ""
      }`
  })
  const store = each(
    rows,
    (r) => `
    if (row == ${r}u) { start = ${ofRow("start", r)}; ${each(owned, (o) => `first_${o} = first${r}_${o}; ${keys ? `second_${o} = second${r}_${o}; ` : ""}`)}}`,
  )

  return defineKernel({
    name: `attention_backward_${of}_lanes_${units * 4}`,
    enable: ["subgroups"],
    bindings: side.bindings("array<vec4f>"),
    params: attentionBackwardParams,
    code: /* wgsl */ `
const LANES = ${lanes}u;
const ROWS = ${rows}u;
const UNITS = ${units}u;
${side.functions("UNITS")}

@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let heads_per_kv = params.heads / params.kv_heads;
  let rows = row_count(heads_per_kv);
  let tiles = (rows + ROWS - 1u) / ROWS;
  let work = group.x + group.y * groups.x;
  if (work >= params.batch * params.kv_heads * tiles) { return; }
  let first_row = work % tiles * ROWS;
  let kv_head = (work / tiles) % params.kv_heads;
  let item = work / (tiles * params.kv_heads);
  let last_row = min(first_row + ROWS, rows) - 1u;
  ${each(
    holders,
    (h) => `
  let row${h} = min(first_row + ${h * lanes}u + lane, rows - 1u);
  let start${h} = row_start(item, kv_head, heads_per_kv, row${h});
  ${
    keys
      ? `let segment${h} = ${segments ? `f32(segments[item * params.key_capacity + row${h}])` : "0.0"};`
      : `let facts${h} = stats[start${h} / UNITS];
  let log_sum${h} = facts${h}.x; let delta${h} = facts${h}.y; let end${h} = u32(facts${h}.z); let segment${h} = facts${h}.w;`
  }`,
  )}
  ${each(owned, (o) => `let unit${o} = min(lane + ${o * lanes}u, UNITS - 1u);\n  `)}
  ${each(rows, (r) => each(owned, (o) => `var first${r}_${o} = vec4f(); ${keys ? `var second${r}_${o} = vec4f(); ` : ""}`))}

  let columns_end = column_end(item, kv_head, heads_per_kv, last_row);
  for (var first_column = column_begin(heads_per_kv, first_row); first_column < columns_end; first_column += 4u * LANES) {
    let columns = vec4u(first_column + 4u * lane) + vec4u(0u, 1u, 2u, 3u);
    let past = columns >= vec4u(columns_end);
    let nearest = min(columns, vec4u(columns_end - 1u));
    let starts = vec4u(${[0, 1, 2, 3].map((i) => `column_start(item, kv_head, heads_per_kv, nearest[${i}])`).join(", ")});
    ${
      keys
        ? `let f0 = stats[starts.x / UNITS]; let f1 = stats[starts.y / UNITS]; let f2 = stats[starts.z / UNITS]; let f3 = stats[starts.w / UNITS];
    let column_log_sum = vec4f(f0.x, f1.x, f2.x, f3.x);
    let column_delta = vec4f(f0.y, f1.y, f2.y, f3.y);
    let column_end = vec4u(vec4f(f0.z, f1.z, f2.z, f3.z));
    let column_segment = vec4f(f0.w, f1.w, f2.w, f3.w);`
        : segments
          ? `let places = vec4u(item * params.key_capacity) + nearest;
    let column_segment = vec4f(vec4i(segments[places.x], segments[places.y], segments[places.z], segments[places.w]));`
          : ""
    }
    ${each(rows, (r) => `var scores${r} = vec4f(); var slopes${r} = vec4f(); `)}
    for (var unit = 0u; unit < UNITS; unit++) {
      ${each(holders, (h) => `let a${h} = ${side.a}[start${h} + unit] * params.scale; let c${h} = ${side.c}[start${h} + unit];\n      `)}
      ${each(4, (k) => `let b${k} = ${side.b}[starts[${k}] + unit]; let d${k} = ${side.d}[starts[${k}] + unit];\n      `)}${scores}
    }
    ${weights}
    for (var holder = 0u; holder < LANES; holder++) {
      let base = first_column + 4u * holder;
      if (base >= columns_end) { break; }
      ${each(4, (k) => `let start${k} = column_start(item, kv_head, heads_per_kv, min(base + ${k}u, columns_end - 1u));\n      `)}
      ${loads(side.b, "b")}
      ${keys ? loads(side.d, "d") : ""}${accumulate}
    }
  }
  // One store in a loop, for the sake of compile time; rows and units past the end repeat the last one.
  for (var row = 0u; row < ROWS; row++) {
    var start = 0u;
    ${each(owned, (o) => `var first_${o} = vec4f(); ${keys ? `var second_${o} = vec4f(); ` : ""}`)}${store}
    ${each(owned, (o) => `${side.first}[start + unit${o}] = first_${o} * params.scale; ${keys ? `of_value[start + unit${o}] = second_${o}; ` : ""}`)}
  }
}`,
  })
})
