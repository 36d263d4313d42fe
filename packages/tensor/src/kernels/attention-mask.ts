import type { KernelBinding, ParamType } from "../kernel/kernel.ts"

/** Bits of `params.flags`. */
export const CAUSAL = 1
export const KEY_LENGTHS = 2
export const QUERY_OFFSETS = 4
export const SEGMENTS = 8

/** What every attention kernel is told. Absent i32 operands are bound to any other buffer and not read. */
export const attentionOperands: readonly KernelBinding[] = [
  { name: "key_lengths", type: "array<i32>" },
  { name: "query_offsets", type: "array<i32>" },
  { name: "segments", type: "array<i32>" },
]

/** Of a recorded pass: `[batch, queryTokens, heads]`. */
export const logSums: KernelBinding = { name: "log_sums", type: "array<f32>", write: true }

export const attentionParams: Readonly<Record<string, ParamType>> = {
  batch: "u32",
  query_tokens: "u32",
  key_capacity: "u32",
  key_tokens: "u32",
  heads: "u32",
  kv_heads: "u32",
  flags: "u32",
  scale: "f32",
}

/**
 * WGSL of addresses and visibility: `Rows` of one key-value head are its query heads times the query tokens, tokens
 * outermost, so that a tile of rows spans few tokens and causal attention skips what none of them sees.
 */
export const attentionMask = /* wgsl */ `
const HIDDEN_SCORE = -3.0e38;

fn query_count(item: u32) -> u32 { return params.query_tokens; }

fn query_row(item: u32, token: u32) -> u32 { return item * params.query_tokens + token; }

fn key_row(item: u32, index: u32) -> u32 { return item * params.key_capacity + index; }

fn query_offset(item: u32) -> i32 {
  if ((params.flags & ${QUERY_OFFSETS}u) == 0u) { return 0; }
  return query_offsets[item];
}

/** Keys at this index and above are seen by no row up to token \`last_token\`. */
fn key_end(item: u32, last_token: u32) -> u32 {
  var end = i32(params.key_tokens);
  if ((params.flags & ${KEY_LENGTHS}u) != 0u) { end = min(end, key_lengths[item]); }
  if ((params.flags & ${CAUSAL}u) != 0u) { end = min(end, i32(last_token) + query_offset(item) + 1); }
  return u32(max(end, 0));
}

fn segment_of_query(item: u32, token: u32) -> i32 {
  if ((params.flags & ${SEGMENTS}u) == 0u) { return 0; }
  return segments[item * params.key_capacity + u32(i32(token) + query_offset(item))];
}

/** \`end\` is \`key_end\` of the row's own token. */
fn visible(item: u32, key_index: u32, end: u32, segment: i32) -> bool {
  if (key_index >= end) { return false; }
  if ((params.flags & ${SEGMENTS}u) == 0u) { return true; }
  return segments[item * params.key_capacity + key_index] == segment;
}
`
