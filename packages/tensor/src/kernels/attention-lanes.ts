import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import { attentionMask, attentionOperands, attentionParams, logSums } from "./attention-mask.ts"
import { pagedMask, pagedOperands, pagedParams } from "./attention-pages.ts"

type LanesVariant = {
  /** Size of the subgroup, which is the whole workgroup. */
  readonly lanes: number
  /** Rows of queries of one workgroup: 4, 8 or 16. */
  readonly rows: number
  /** Head size in vec4s. */
  readonly units: number
  readonly segments: boolean
  /** Sequences in pages: `attention-pages`. Without segments, and not recorded. */
  readonly paged: boolean
  /** Keeps the logarithm of each row's sum of exponentials, for the way back. */
  readonly recorded: boolean
}

const each = (count: number, code: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => code(i)).join("")

/**
 * Attention in the registers of one subgroup, for processors: a few wide loads feed many multiplications, and what a
 * lane loaded reaches the others by shuffles (online softmax as in `attention-tiles`).
 *
 * Scores: a lane owns four neighbouring keys; the rows of queries are spread over the lanes, four dimensions at a time.
 * Output: a lane owns every `lanes`-th vec4 of the head; the weights of a lane's keys are handed round.
 */
export const attentionLanesKernel = kernelFamily((variant: LanesVariant) => {
  const { lanes, rows, units, segments, paged, recorded } = variant
  const holders = Math.ceil(rows / lanes) // registers over which the rows are spread
  const owned = Math.ceil(units / lanes) // vec4s of the output of one row in one lane
  const ofRow = (name: string, row: number) => `subgroupShuffle(${name}${Math.floor(row / lanes)}, ${row % lanes}u)`
  const steps = Array.from({ length: Math.log2(lanes) }, (_, i) => 2 ** i)
  const reduce = (name: string, combine: (other: string) => string) =>
    steps.map((step) => `${name} = ${combine(`subgroupShuffleXor(${name}, ${step}u)`)};`).join(" ")

  const scores = each(
    rows,
    (r) => `
      { let q = ${ofRow("query", r)}; scores${r} += vec4f(dot(q, key0), dot(q, key1), dot(q, key2), dot(q, key3)); }`,
  )
  const weights = each(
    rows,
    (r) => `
    {
      let unseen = (keys >= vec4u(${ofRow("end", r)}))${segments ? ` | (key_segments != vec4i(${ofRow("segment", r)}))` : ""};
      let seen = select(scores${r}, vec4f(HIDDEN_SCORE), unseen);
      var largest = max(max(seen.x, seen.y), max(seen.z, seen.w));
      ${reduce("largest", (other) => `max(largest, ${other})`)}
      largest = max(largest, maximum${r});
      // Where nothing is seen yet, any shift will do that turns hidden scores into zeros.
      let shift = select(largest, 0.0, largest == HIDDEN_SCORE);
      let rescale = exp(maximum${r} - shift);
      maximum${r} = largest;
      scores${r} = exp(seen - shift);
      total${r} = total${r} * rescale + ((scores${r}.x + scores${r}.y) + (scores${r}.z + scores${r}.w));
      ${each(owned, (o) => `result${r}_${o} *= rescale; `)}
    }`,
  )
  const values = each(4, (k) =>
    each(
      owned,
      (o) => `
      let value${k}_${o} = value[start${k} + unit${o}];`,
    ),
  )
  const results = each(
    rows,
    (r) => `
      { let w = subgroupShuffle(scores${r}, holder); ${each(owned, (o) => `result${r}_${o} += w.x * value0_${o} + w.y * value1_${o} + w.z * value2_${o} + w.w * value3_${o}; `)}}`,
  )
  const selected = each(
    rows,
    (r) => `
    if (row == ${r}u) { start = ${ofRow("start", r)}; total = total${r}; ${recorded ? `maximum = maximum${r}; ` : ""}${each(owned, (o) => `result_${o} = result${r}_${o}; `)}}`,
  )

  return defineKernel({
    name: `attention_lanes_${rows}x${units * 4}${paged ? "_paged" : ""}${recorded ? "_recorded" : ""}`,
    enable: ["subgroups"],
    bindings: [
      { name: "query", type: "array<vec4f>" },
      { name: "key", type: "array<vec4f>" },
      { name: "value", type: "array<vec4f>" },
      ...(paged ? pagedOperands : attentionOperands),
      { name: "output", type: "array<vec4f>", write: true },
      ...(recorded ? [logSums] : []),
    ],
    params: paged ? pagedParams : attentionParams,
    code: /* wgsl */ `
${paged ? pagedMask : attentionMask}
const LANES = ${lanes}u;
const ROWS = ${rows}u;
const UNITS = ${units}u;

@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let heads_per_kv = params.heads / params.kv_heads;
  let tiles = (heads_per_kv * params.query_tokens + ROWS - 1u) / ROWS;
  let work = group.x + group.y * groups.x;
  if (work >= params.batch * params.kv_heads * tiles) { return; }
  let tile = work % tiles;
  let kv_head = (work / tiles) % params.kv_heads;
  let item = work / (tiles * params.kv_heads);
  let rows = heads_per_kv * query_count(item);
  ${paged ? "if (tile * ROWS >= rows) { return; }" : ""}
  let tile_end = key_end(item, (min(tile * ROWS + ROWS, rows) - 1u) / heads_per_kv);
  ${each(
    holders,
    (h) => `
  let row${h} = min(tile * ROWS + ${h * lanes}u + lane, rows - 1u);
  let token${h} = row${h} / heads_per_kv;
  let end${h} = key_end(item, token${h});
  ${segments ? `let segment${h} = segment_of_query(item, token${h});` : ""}
  let start${h} = (query_row(item, token${h}) * params.heads + kv_head * heads_per_kv + row${h} % heads_per_kv) * UNITS;`,
  )}
  ${each(
    owned,
    (o) => `
  let unit${o} = min(lane + ${o * lanes}u, UNITS - 1u);`,
  )}
  ${each(
    rows,
    (r) => `
  var maximum${r} = HIDDEN_SCORE; var total${r} = 0.0; ${each(owned, (o) => `var result${r}_${o} = vec4f(); `)}`,
  )}

  for (var first_key = 0u; first_key < tile_end; first_key += 4u * LANES) {
    let keys = vec4u(first_key + 4u * lane) + vec4u(0u, 1u, 2u, 3u);
    let inside = min(keys, vec4u(tile_end - 1u));
    let places = vec4u(key_row(item, inside.x), key_row(item, inside.y), key_row(item, inside.z), key_row(item, inside.w));
    ${
      segments
        ? `let key_segments = vec4i(segments[places.x], segments[places.y], segments[places.z], segments[places.w]);`
        : ""
    }
    let starts = (places * params.kv_heads + kv_head) * UNITS;
    ${each(rows, (r) => `var scores${r} = vec4f(); `)}
    for (var unit = 0u; unit < UNITS; unit++) {
      ${each(holders, (h) => `let query${h} = query[start${h} + unit] * params.scale;\n      `)}
      let key0 = key[starts.x + unit];
      let key1 = key[starts.y + unit];
      let key2 = key[starts.z + unit];
      let key3 = key[starts.w + unit];${scores}
    }
    ${weights}
    for (var holder = 0u; holder < LANES; holder++) {
      if (first_key + 4u * holder >= tile_end) { break; }
      ${each(4, (k) => `let start${k} = (key_row(item, min(first_key + 4u * holder + ${k}u, tile_end - 1u)) * params.kv_heads + kv_head) * UNITS;\n      `)}${values}${results}
    }
  }
  // One store in a loop: a store per row would be most of the code that a processor's driver has to compile. Rows and
  // units past the end are copies of the last one, whose values they store again.
  for (var row = 0u; row < ROWS; row++) {
    var start = 0u;
    var total = 0.0;
    ${recorded ? "var maximum = 0.0;" : ""}
    ${each(owned, (o) => `var result_${o} = vec4f(); `)}${selected}
    ${reduce("total", (other) => `total + ${other}`)}
    let factor = select(1.0 / total, 0.0, total == 0.0); // a row that sees no key gives zeros
    ${recorded ? "log_sums[start / UNITS] = select(maximum + log(total), 0.0, total == 0.0);" : ""}
    ${each(owned, (o) => `output[start + unit${o}] = result_${o} * factor; `)}
  }
}`,
  })
})
