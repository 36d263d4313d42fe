import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import { attentionMask, attentionOperands, attentionParams, logSums } from "./attention-mask.ts"
import { pagedMask, pagedOperands, pagedParams } from "./attention-pages.ts"

type TilesVariant = {
  /** Of 32 dimensions. */
  readonly chunks: number
  /** Sequences in pages: `attention-pages`. Not recorded. */
  readonly paged: boolean
  /** Keeps the logarithm of each row's sum of exponentials, for the way back. */
  readonly recorded: boolean
}

/** Rows of queries of one workgroup. */
export const TILE_ROWS = 16

/**
 * Attention by tiles in workgroup memory, for every GPU and every head size ("chunks" of 32 dimensions): 16 rows of queries meet 32 keys at a time
 * and keep a running maximum and sum (online softmax: Milakov and Gimelshein 2018; Dao et al. 2022). Eight lanes share
 * a row: each owns four keys of a tile and every eighth dimension of the output.
 */
export const attentionTilesKernel = kernelFamily(({ chunks, paged, recorded }: TilesVariant) => {
  // One variable per chunk of dimensions: an array indexed by a loop would live in memory.
  const perChunk = (code: (chunk: number) => string) => Array.from({ length: chunks }, (_, i) => code(i)).join("")
  return defineKernel({
    name: `attention_tiles_${chunks * 32}${paged ? "_paged" : ""}${recorded ? "_recorded" : ""}`,
    bindings: [
      { name: "query", type: "array<f32>" },
      { name: "key", type: "array<f32>" },
      { name: "value", type: "array<f32>" },
      ...(paged ? pagedOperands : attentionOperands),
      { name: "output", type: "array<f32>", write: true },
      ...(recorded ? [logSums] : []),
    ],
    params: { ...(paged ? pagedParams : attentionParams), head_size: "u32" },
    code: /* wgsl */ `
${paged ? pagedMask : attentionMask}
const ROWS = ${TILE_ROWS}u;
const KEYS = 32u;
const CHUNK = 32u;
const STRIDE = 33u; // one more than a row holds, so that neighbouring rows fall into different banks

var<workgroup> query_chunk: array<f32, ROWS * STRIDE>;
var<workgroup> key_chunk: array<f32, KEYS * STRIDE>; // keys, then values
var<workgroup> weights: array<f32, ROWS * STRIDE>;

fn load_values(item: u32, kv_head: u32, first_key: u32, end: u32, chunk: u32, lane: u32) {
  workgroupBarrier();
  for (var i = lane; i < KEYS * CHUNK; i += 128u) {
    let index = first_key + i / CHUNK;
    let dimension = chunk * CHUNK + i % CHUNK;
    var loaded = 0.0;
    if (dimension < params.head_size && index < end) {
      loaded = value[(key_row(item, index) * params.kv_heads + kv_head) * params.head_size + dimension];
    }
    key_chunk[(i / CHUNK) * STRIDE + i % CHUNK] = loaded;
  }
  workgroupBarrier();
}

/** Dimensions \`part\`, \`part\` + 8, + 16 and + 24 of the loaded chunk. */
fn weighted_values(local_row: u32, part: u32, keys: u32) -> vec4f {
  var sums = vec4f();
  for (var k = 0u; k < keys; k++) {
    sums += weights[local_row * STRIDE + k] * vec4f(
      key_chunk[k * STRIDE + part],
      key_chunk[k * STRIDE + part + 8u],
      key_chunk[k * STRIDE + part + 16u],
      key_chunk[k * STRIDE + part + 24u],
    );
  }
  return sums;
}

@compute @workgroup_size(128)
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

  let local_row = lane / 8u;
  let part = lane % 8u;
  let row = min(tile * ROWS + local_row, rows - 1u);
  let token = row / heads_per_kv;
  let end = key_end(item, token);
  let segment = segment_of_query(item, token);
  let last_row = min(tile * ROWS + ROWS, rows) - 1u;
  let tile_end = key_end(item, last_row / heads_per_kv);

${perChunk((chunk) => `  var result${chunk} = vec4f();\n`)}  var maximum = HIDDEN_SCORE;
  var total = 0.0;
  for (var first_key = 0u; first_key < tile_end; first_key += KEYS) {
    // Loops end where the keys do; constant ends would also be unrolled, into minutes of compilation on processors.
    let keys = min(KEYS, tile_end - first_key);
    var scores = vec4f();
    for (var chunk = 0u; chunk * CHUNK < params.head_size; chunk++) {
      workgroupBarrier();
      for (var i = lane; i < ROWS * CHUNK; i += 128u) {
        let r = min(tile * ROWS + i / CHUNK, rows - 1u);
        let dimension = chunk * CHUNK + i % CHUNK;
        let head = kv_head * heads_per_kv + r % heads_per_kv;
        let start = (query_row(item, r / heads_per_kv) * params.heads + head) * params.head_size;
        var loaded = 0.0;
        if (dimension < params.head_size) { loaded = query[start + dimension] * params.scale; }
        query_chunk[(i / CHUNK) * STRIDE + i % CHUNK] = loaded;
      }
      for (var i = lane; i < KEYS * CHUNK; i += 128u) {
        let index = first_key + i / CHUNK;
        let dimension = chunk * CHUNK + i % CHUNK;
        var loaded = 0.0;
        if (dimension < params.head_size && index < tile_end) {
          loaded = key[(key_row(item, index) * params.kv_heads + kv_head) * params.head_size + dimension];
        }
        key_chunk[(i / CHUNK) * STRIDE + i % CHUNK] = loaded;
      }
      workgroupBarrier();
      for (var d = 0u; d < min(CHUNK, params.head_size - chunk * CHUNK); d++) {
        let q = query_chunk[local_row * STRIDE + d];
        scores += q * vec4f(
          key_chunk[part * STRIDE + d],
          key_chunk[(part + 8u) * STRIDE + d],
          key_chunk[(part + 16u) * STRIDE + d],
          key_chunk[(part + 24u) * STRIDE + d],
        );
      }
    }
    for (var i = 0u; i < 4u; i++) {
      if (!visible(item, first_key + part + 8u * i, end, segment)) { scores[i] = HIDDEN_SCORE; }
      weights[local_row * STRIDE + part + 8u * i] = scores[i];
    }
    workgroupBarrier();
    var tile_maximum = maximum;
    for (var i = 0u; i < keys; i++) { tile_maximum = max(tile_maximum, weights[local_row * STRIDE + i]); }
    workgroupBarrier();
    for (var i = 0u; i < 4u; i++) {
      let weight = select(exp(scores[i] - tile_maximum), 0.0, scores[i] == HIDDEN_SCORE);
      weights[local_row * STRIDE + part + 8u * i] = weight;
    }
    workgroupBarrier();
    let rescale = exp(maximum - tile_maximum);
    maximum = tile_maximum;
    total *= rescale;
    for (var i = 0u; i < keys; i++) { total += weights[local_row * STRIDE + i]; }
${perChunk(
  (chunk) => `
    load_values(item, kv_head, first_key, tile_end, ${chunk}u, lane);
    result${chunk} = result${chunk} * rescale + weighted_values(local_row, part, keys);`,
)}
  }

  if (tile * ROWS + local_row >= rows) { return; }
  let head = kv_head * heads_per_kv + row % heads_per_kv;
  let start = (query_row(item, token) * params.heads + head) * params.head_size;
  let factor = select(1.0 / total, 0.0, total == 0.0); // a row that sees no key gives zeros
  ${recorded ? "if (part == 0u) { log_sums[start / params.head_size] = select(maximum + log(total), 0.0, total == 0.0); }" : ""}
${perChunk(
  (chunk) => `
  for (var i = 0u; i < 4u; i++) {
    let dimension = ${chunk * 32}u + i * 8u + part;
    if (dimension < params.head_size) { output[start + dimension] = result${chunk}[i] * factor; }
  }`,
)}
}`,
  })
})
