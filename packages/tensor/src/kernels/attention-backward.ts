import { defineKernel, type KernelBinding, type ParamType } from "../kernel/kernel.ts"
import { attentionMask, attentionOperands, attentionParams, CAUSAL, QUERY_OFFSETS } from "./attention-mask.ts"

/** Which gradients a kernel computes: its rows are the queries, or the keys with their values. */
export type AttentionSide = "query" | "key_value"

export const attentionBackwardParams: Readonly<Record<string, ParamType>> = { ...attentionParams, head_size: "u32" }

/**
 * What a query needs on the way back: the logarithm of the sum of its exponentials, the product of its output with that
 * output's gradient, the end of the keys it sees, and its segment (integers as f32, exact to 2 ** 24).
 * One invocation per query and head.
 */
export const attentionStatsKernel = defineKernel({
  name: "attention_stats",
  bindings: [
    { name: "log_sums", type: "array<f32>" },
    { name: "output", type: "array<f32>" },
    { name: "gradient", type: "array<f32>" },
    ...attentionOperands,
    { name: "stats", type: "array<vec4f>", write: true },
  ],
  params: attentionBackwardParams,
  code: /* wgsl */ `
${attentionMask}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = (group.x + group.y * groups.x) * 64u + lane;
  if (at >= params.batch * params.query_tokens * params.heads) { return; }
  let token = at / params.heads % params.query_tokens;
  let item = at / params.heads / params.query_tokens;
  var delta = 0.0;
  for (var i = at * params.head_size; i < (at + 1u) * params.head_size; i++) { delta += output[i] * gradient[i]; }
  stats[at] = vec4f(log_sums[at], delta, f32(key_end(item, token)), f32(segment_of_query(item, token)));
}`,
})

/**
 * A kernel of one side: with rows r and columns c, scores are a[r] · b[c] and their slopes c[r] · d[c]. `unit` in the
 * WGSL below is how many elements of the bound arrays a head holds.
 */
interface Side {
  readonly a: string
  readonly b: string
  readonly c: string
  readonly d: string
  /** The output that collects slopes times b. */
  readonly first: string
  bindings(type: string): KernelBinding[]
  /** row_count, row_start, column_start, column_begin, column_end */
  functions(unit: string): string
}

const inputs = (type: string): KernelBinding[] => [
  ...["query", "key", "value", "gradient"].map((name) => ({ name, type })),
  { name: "stats", type: "array<vec4f>" },
  { name: "segments", type: "array<i32>" },
]

const places = (unit: string) => /* wgsl */ `
fn query_start(item: u32, kv_head: u32, heads_per_kv: u32, row: u32) -> u32 {
  return ((item * params.query_tokens + row / heads_per_kv) * params.heads + kv_head * heads_per_kv + row % heads_per_kv) * ${unit};
}
fn key_start(item: u32, kv_head: u32, index: u32) -> u32 {
  return ((item * params.key_capacity + index) * params.kv_heads + kv_head) * ${unit};
}`

export const attentionSides: Readonly<Record<AttentionSide, Side>> = {
  query: {
    a: "query",
    b: "key",
    c: "gradient",
    d: "value",
    first: "of_query",
    bindings: (type) => [...inputs(type), { name: "of_query", type, write: true }],
    functions: (unit) => /* wgsl */ `${places(unit)}
fn row_count(heads_per_kv: u32) -> u32 { return heads_per_kv * params.query_tokens; }
fn row_start(item: u32, kv_head: u32, heads_per_kv: u32, row: u32) -> u32 { return query_start(item, kv_head, heads_per_kv, row); }
fn column_start(item: u32, kv_head: u32, heads_per_kv: u32, column: u32) -> u32 { return key_start(item, kv_head, column); }
fn column_begin(heads_per_kv: u32, first_row: u32) -> u32 { return 0u; }
fn column_end(item: u32, kv_head: u32, heads_per_kv: u32, last_row: u32) -> u32 {
  return u32(stats[query_start(item, kv_head, heads_per_kv, last_row) / ${unit}].z);
}`,
  },
  key_value: {
    a: "key",
    b: "query",
    c: "value",
    d: "gradient",
    first: "of_key",
    bindings: (type) => [
      ...inputs(type),
      { name: "of_key", type, write: true },
      { name: "of_value", type, write: true },
    ],
    functions: (unit) => /* wgsl */ `${places(unit)}
fn row_count(heads_per_kv: u32) -> u32 { return params.key_capacity; }
fn row_start(item: u32, kv_head: u32, heads_per_kv: u32, row: u32) -> u32 { return key_start(item, kv_head, row); }
fn column_start(item: u32, kv_head: u32, heads_per_kv: u32, column: u32) -> u32 { return query_start(item, kv_head, heads_per_kv, column); }
fn column_begin(heads_per_kv: u32, first_row: u32) -> u32 {
  // Queries before the first key of the tile see none of it.
  if ((params.flags & ${CAUSAL + QUERY_OFFSETS}u) == ${CAUSAL}u) { return min(first_row, params.query_tokens) * heads_per_kv; }
  return 0u;
}
fn column_end(item: u32, kv_head: u32, heads_per_kv: u32, last_row: u32) -> u32 { return heads_per_kv * params.query_tokens; }`,
  },
}
