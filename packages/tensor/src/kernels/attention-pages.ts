import type { KernelBinding, ParamType } from "../kernel/kernel.ts"

/** What attention over pages binds in place of `attentionOperands`. */
export const pagedOperands: readonly KernelBinding[] = [
  { name: "key_lengths", type: "array<i32>" },
  { name: "query_starts", type: "array<i32>" },
  { name: "pages", type: "array<i32>" },
]

/** `query_tokens` is those of the sequence that has most. */
export const pagedParams: Readonly<Record<string, ParamType>> = {
  batch: "u32",
  query_tokens: "u32",
  page_size: "u32",
  table_pages: "u32",
  heads: "u32",
  kv_heads: "u32",
  scale: "f32",
}

/**
 * The same functions as `attentionMask`, for sequences of different lengths whose keys lie in pages (Kwon et al. 2023)
 * and whose queries are the last of their tokens.
 */
export const pagedMask = /* wgsl */ `
const HIDDEN_SCORE = -3.0e38;

fn query_count(item: u32) -> u32 { return u32(query_starts[item + 1u] - query_starts[item]); }

fn query_row(item: u32, token: u32) -> u32 { return u32(query_starts[item]) + token; }

fn key_row(item: u32, index: u32) -> u32 {
  let page = u32(pages[item * params.table_pages + index / params.page_size]);
  return page * params.page_size + index % params.page_size;
}

fn key_end(item: u32, last_token: u32) -> u32 {
  return u32(max(key_lengths[item] - i32(query_count(item)) + i32(last_token) + 1, 0));
}

fn segment_of_query(item: u32, token: u32) -> i32 { return 0; }

fn visible(item: u32, key_index: u32, end: u32, segment: i32) -> bool { return key_index < end; }
`
