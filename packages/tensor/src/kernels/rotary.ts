import { defineKernel, type KernelBinding, type ParamType } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"

/** Bit of `params.flags`: `lengths` is given. */
export const ROTARY_LENGTHS = 1
/** Bit of `params.flags`: `cache_offsets` has each token's own place among all rows of the cache. */
export const ROTARY_SLOTS = 2

type RotaryVariant = {
  /** Rotates `query` into `rotated`. */
  readonly query: boolean
  /** Rotates `key` into the cache and copies `value` there. */
  readonly cache: boolean
  /** Four pairs of dimensions at a time. */
  readonly vector: boolean
}

const params: Readonly<Record<string, ParamType>> = {
  tokens: "u32",
  rows: "u32",
  heads: "u32",
  kv_heads: "u32",
  half_units: "u32",
  head_units: "u32",
  positions_end: "u32",
  capacity: "u32",
  flags: "u32",
  nan_bits: "u32",
  direction: "f32",
}

/** Rotary embedding in the half-split layout, one workgroup per token; its lanes share the heads' pairs. */
export const rotaryKernel = kernelFamily(({ query, cache, vector }: RotaryVariant) => {
  const unit = vector ? "vec4f" : "f32"
  const type = `array<${unit}>`
  const bindings: KernelBinding[] = [
    { name: "table", type },
    { name: "positions", type: "array<i32>" },
  ]
  if (query) bindings.push({ name: "query", type }, { name: "rotated", type, write: true })
  if (cache) {
    bindings.push({ name: "key", type }, { name: "value", type }, { name: "cache_offsets", type: "array<i32>" })
    bindings.push({ name: "lengths", type: "array<i32>" })
    bindings.push({ name: "cache_key", type, write: true }, { name: "cache_value", type, write: true })
  }
  const queryPart = /* wgsl */ `
    if (head < params.heads) {
      let start = (row * params.heads + head) * params.head_units;
      if (unit >= params.half_units) {
        let at = start + unit + params.half_units;
        rotated[at] = query[at];
      } else {
        let a = query[start + unit];
        let b = query[start + unit + params.half_units];
        rotated[start + unit] = a * cosine - b * sine;
        rotated[start + unit + params.half_units] = b * cosine + a * sine;
      }
    }`
  const cachePart = /* wgsl */ `
    if (head >= params.heads && stored) {
      let kv_head = head - params.heads;
      let start = (row * params.kv_heads + kv_head) * params.head_units;
      let target_start = ((cache_base + u32(slot)) * params.kv_heads + kv_head) * params.head_units;
      let second = unit + params.half_units;
      if (unit >= params.half_units) {
        cache_key[target_start + second] = key[start + second];
      } else {
        let a = key[start + unit];
        let b = key[start + second];
        cache_key[target_start + unit] = a * cosine - b * sine;
        cache_key[target_start + second] = b * cosine + a * sine;
        cache_value[target_start + unit] = value[start + unit];
      }
      cache_value[target_start + second] = value[start + second];
    }`
  return defineKernel({
    name: `rotary${query ? "_query" : ""}${cache ? "_cache" : ""}`,
    bindings,
    params,
    code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group.x + group.y * groups.x;
  if (row >= params.rows) { return; }
  let position = u32(positions[row]);
  let inside = position < params.positions_end;
  let outside_value = ${unit}(bitcast<f32>(params.nan_bits));
  ${
    cache
      ? /* wgsl */ `
  let item = row / params.tokens;
  let token = row % params.tokens;
  let slotted = (params.flags & ${ROTARY_SLOTS}u) != 0u;
  let slot = cache_offsets[select(item, row, slotted)] + select(i32(token), 0, slotted);
  let cache_base = select(item * params.capacity, 0u, slotted);
  var stored = slot >= 0 && slot < i32(params.capacity);
  if ((params.flags & ${ROTARY_LENGTHS}u) != 0u) { stored = stored && i32(token) < lengths[item]; }`
      : ""
  }
  // A head has one unit of work per pair of units that rotate together, and one per unit beyond the rotated part.
  let units = params.head_units - params.half_units;
  for (var i = lane; i < (params.heads + params.kv_heads) * units; i += 64u) {
    let head = i / units;
    let unit = i % units;
    var cosine = ${unit}();
    var sine = ${unit}();
    if (unit < params.half_units) {
      let at = position * 2u * params.half_units + unit;
      cosine = select(outside_value, table[at], inside);
      sine = select(outside_value, table[at + params.half_units], inside) * params.direction;
    }
    ${query ? queryPart : ""}
    ${cache ? cachePart : ""}
  }
}`,
  })
})
