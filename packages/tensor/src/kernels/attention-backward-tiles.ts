import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import { type AttentionSide, attentionBackwardParams, attentionSides } from "./attention-backward.ts"

/** Rows of one workgroup. */
export const BACKWARD_TILE_ROWS = 16

type TilesVariant = {
  readonly of: AttentionSide
  /** Head size in chunks of 32 dimensions, rounded up. */
  readonly chunks: number
}

/**
 * Gradients of attention by tiles in workgroup memory, for every GPU and every head size: 16 rows meet 32 columns at a
 * time, and the scores are computed again (Dao et al. 2022). Eight invocations share a row: each owns four columns of a
 * tile and every eighth dimension of the result.
 */
export const attentionBackwardTilesKernel = kernelFamily(({ of, chunks }: TilesVariant) => {
  const side = attentionSides[of]
  const keys = of === "key_value" // the rows are keys, the columns queries
  const perChunk = (code: (chunk: number) => string) => Array.from({ length: chunks }, (_, i) => code(i)).join("")
  const results = keys ? ["first", "second"] : ["first"]
  return defineKernel({
    name: `attention_backward_${of}_tiles_${chunks * 32}`,
    bindings: side.bindings("array<f32>"),
    params: attentionBackwardParams,
    code: /* wgsl */ `
const ROWS = ${BACKWARD_TILE_ROWS}u;
const COLUMNS = 32u;
const CHUNK = 32u;
const STRIDE = 33u; // one more than a row holds, so that neighbouring rows fall into different banks
${side.functions("params.head_size")}

// First the rows' vectors, then the weights of the tile's scores (a) and their slopes (c).
var<workgroup> a_tile: array<f32, ROWS * STRIDE>;
var<workgroup> c_tile: array<f32, ROWS * STRIDE>;
var<workgroup> b_tile: array<f32, COLUMNS * STRIDE>;
var<workgroup> d_tile: array<f32, COLUMNS * STRIDE>;

struct Place { item: u32, kv_head: u32, heads_per_kv: u32, first_row: u32, rows: u32, columns_end: u32, lane: u32 }

fn load_rows(place: Place, chunk: u32) {
  for (var i = place.lane; i < ROWS * CHUNK; i += 128u) {
    let row = min(place.first_row + i / CHUNK, place.rows - 1u);
    let dimension = chunk * CHUNK + i % CHUNK;
    let start = row_start(place.item, place.kv_head, place.heads_per_kv, row);
    var a = 0.0;
    var c = 0.0;
    if (dimension < params.head_size) { a = ${side.a}[start + dimension] * params.scale; c = ${side.c}[start + dimension]; }
    a_tile[(i / CHUNK) * STRIDE + i % CHUNK] = a;
    c_tile[(i / CHUNK) * STRIDE + i % CHUNK] = c;
  }
}

fn load_columns(place: Place, first_column: u32, chunk: u32) {
  for (var i = place.lane; i < COLUMNS * CHUNK; i += 128u) {
    let column = first_column + i / CHUNK;
    let dimension = chunk * CHUNK + i % CHUNK;
    var b = 0.0;
    var d = 0.0;
    if (dimension < params.head_size && column < place.columns_end) {
      let start = column_start(place.item, place.kv_head, place.heads_per_kv, column);
      b = ${side.b}[start + dimension];
      d = ${side.d}[start + dimension];
    }
    b_tile[(i / CHUNK) * STRIDE + i % CHUNK] = b;
    d_tile[(i / CHUNK) * STRIDE + i % CHUNK] = d;
  }
}

/** Four dimensions of the loaded chunk, eight apart, summed over the columns: slopes times b, weights times d. */
fn sums_of_b(local_row: u32, part: u32, columns: u32) -> vec4f {
  var sums = vec4f();
  for (var k = 0u; k < columns; k++) {
    let at = k * STRIDE + part;
    sums += c_tile[local_row * STRIDE + k] * vec4f(b_tile[at], b_tile[at + 8u], b_tile[at + 16u], b_tile[at + 24u]);
  }
  return sums;
}
fn sums_of_d(local_row: u32, part: u32, columns: u32) -> vec4f {
  var sums = vec4f();
  for (var k = 0u; k < columns; k++) {
    let at = k * STRIDE + part;
    sums += a_tile[local_row * STRIDE + k] * vec4f(d_tile[at], d_tile[at + 8u], d_tile[at + 16u], d_tile[at + 24u]);
  }
  return sums;
}

/** The weight of the score in the softmax, 0 where the query does not see the key. */
fn weight_of(score: f32, facts: vec4f, key_index: u32, place: Place) -> f32 {
  if (key_index >= u32(facts.z)) { return 0.0; }
  if ((params.flags & 8u) != 0u && f32(segments[place.item * params.key_capacity + key_index]) != facts.w) { return 0.0; }
  return exp(score - facts.x);
}

@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let heads_per_kv = params.heads / params.kv_heads;
  let rows = row_count(heads_per_kv);
  let tiles = (rows + ROWS - 1u) / ROWS;
  let work = group.x + group.y * groups.x;
  if (work >= params.batch * params.kv_heads * tiles) { return; }
  let first_row = work % tiles * ROWS;
  let kv_head = (work / tiles) % params.kv_heads;
  let item = work / (tiles * params.kv_heads);
  let columns_end = column_end(item, kv_head, heads_per_kv, min(first_row + ROWS, rows) - 1u);
  let place = Place(item, kv_head, heads_per_kv, first_row, rows, columns_end, lane);

  let local_row = lane / 8u;
  let part = lane % 8u;
  let row = min(first_row + local_row, rows - 1u);
  let start = row_start(item, kv_head, heads_per_kv, row);
  ${keys ? "" : "let facts = stats[start / params.head_size];"}
${perChunk((chunk) => results.map((name) => `  var ${name}${chunk} = vec4f();\n`).join(""))}
  for (var first_column = column_begin(heads_per_kv, first_row); first_column < columns_end; first_column += COLUMNS) {
    // Loops end where the columns do; constant ends would also be unrolled, into minutes of compilation on processors.
    let columns = min(COLUMNS, columns_end - first_column);
    var scores = vec4f();
    var slope = vec4f();
    for (var chunk = 0u; chunk * CHUNK < params.head_size; chunk++) {
      workgroupBarrier();
      load_rows(place, chunk);
      load_columns(place, first_column, chunk);
      workgroupBarrier();
      for (var d = 0u; d < min(CHUNK, params.head_size - chunk * CHUNK); d++) {
        let at = part * STRIDE + d;
        scores += a_tile[local_row * STRIDE + d] * vec4f(b_tile[at], b_tile[at + 8u * STRIDE], b_tile[at + 16u * STRIDE], b_tile[at + 24u * STRIDE]);
        slope += c_tile[local_row * STRIDE + d] * vec4f(d_tile[at], d_tile[at + 8u * STRIDE], d_tile[at + 16u * STRIDE], d_tile[at + 24u * STRIDE]);
      }
    }
    workgroupBarrier();
    for (var i = 0u; i < 4u; i++) {
      let column = first_column + part + 8u * i;
      var weight = 0.0;
      var delta = 0.0;
      if (column < columns_end) {
        ${
          keys
            ? `let facts = stats[column_start(item, kv_head, heads_per_kv, column) / params.head_size];
        weight = weight_of(scores[i], facts, row, place);`
            : "weight = weight_of(scores[i], facts, column, place);"
        }
        delta = facts.y;
      }
      a_tile[local_row * STRIDE + part + 8u * i] = weight;
      c_tile[local_row * STRIDE + part + 8u * i] = weight * (slope[i] - delta);
    }
${perChunk(
  (chunk) => `
    workgroupBarrier();
    load_columns(place, first_column, ${chunk}u);
    workgroupBarrier();
    first${chunk} += sums_of_b(local_row, part, columns);${
      keys ? `\n    second${chunk} += sums_of_d(local_row, part, columns);` : ""
    }`,
)}
  }

  if (first_row + local_row >= rows) { return; }
${perChunk(
  (chunk) => `
  for (var i = 0u; i < 4u; i++) {
    let dimension = ${chunk * 32}u + i * 8u + part;
    if (dimension < params.head_size) {
      ${side.first}[start + dimension] = first${chunk}[i] * params.scale;${
        keys ? `\n      of_value[start + dimension] = second${chunk}[i];` : ""
      }
    }
  }`,
)}
}`,
  })
})
