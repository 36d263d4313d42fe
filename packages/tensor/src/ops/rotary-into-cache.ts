import { refuseGradient } from "../autograd/refuse-gradient.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { ROTARY_LENGTHS, ROTARY_SLOTS, rotaryKernel } from "../kernels/rotary.ts"
import type { RopeTable } from "../rope/rope-table.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"
import { type CachePlaces, resolveCachePlaces } from "./resolve-cache-places.ts"
import { NAN_BITS, rotary, rotaryUnits } from "./rotary.ts"

/** Queries, keys and values of new tokens, and the cache they go to. */
export interface RotaryIntoCacheInput {
  /** f32 `[batch, tokens, heads, headSize]` */
  query: Tensor
  /** f32 `[batch, tokens, kvHeads, headSize]` */
  key: Tensor
  /** f32 `[batch, tokens, kvHeads, headSize]` */
  value: Tensor
  table: RopeTable
  /** i32 `[batch, tokens]` */
  positions: Tensor
  /** f32 `[batch, capacity, kvHeads, headSize]`, or `[pages, pageSize, kvHeads, headSize]`; written in place. */
  cacheKey: Tensor
  /** f32 as `cacheKey`, written in place. */
  cacheValue: Tensor
  /** Where each token goes there. */
  places: CachePlaces
}

/** What one dispatch binds at most here. Every adapter has 8; many have more. */
const BINDINGS = 10

/**
 * The rotated query, `[batch, tokens, heads, headSize]`; the rotated key and the value of each token are written to
 * their places in the caches. Tokens beyond the capacity are not stored: who fills a cache must know its size. Like
 * `writeRows`, and unlike all other operations, it changes tensors that it was given: the caches.
 */
export function rotaryIntoCache(input: RotaryIntoCacheInput): Tensor {
  const { query, key, value, table, positions, cacheKey, cacheValue, places } = input
  refuseGradient("rotaryIntoCache", [query, key, value], "Train without a cache.")
  const { device } = query
  const [batch = 0, tokens = 0, heads = 0] = query.shape
  const [, , kvHeads = 0] = key.shape
  const operands = { query, key, value, cacheKey, cacheValue }
  for (const [name, tensor] of Object.entries(operands)) expectDtype("rotaryIntoCache", name, tensor, "f32")
  expectShape("rotaryIntoCache", "query", query.shape, [batch, tokens, heads, table.headSize])
  expectShape("rotaryIntoCache", "key", key.shape, [batch, tokens, kvHeads, table.headSize])
  expectShape("rotaryIntoCache", "value", value.shape, key.shape)
  expectShape("rotaryIntoCache", "positions", positions.shape, [batch, tokens])
  expectDtype("rotaryIntoCache", "positions", positions, "i32")
  const resolved = resolveCachePlaces("rotaryIntoCache", places, key, cacheKey.shape)
  const { starts, lengths, slotted, capacity, leading } = resolved
  expectShape("rotaryIntoCache", "cacheKey", cacheKey.shape, [...leading, kvHeads, table.headSize])
  expectShape("rotaryIntoCache", "cacheValue", cacheValue.shape, cacheKey.shape)

  const together = device.limits.maxStorageBuffersPerShaderStage >= BINDINGS
  const rotated = together ? Tensor.empty(device, query.shape) : rotary(query, table, positions)
  const { vector, halfUnits, headUnits } = rotaryUnits(table)
  device.run(rotaryKernel({ query: together, cache: true, vector }), {
    bindings: [
      table.values.buffer,
      positions.buffer,
      ...(together ? [query.buffer, rotated.buffer] : []),
      key.buffer,
      value.buffer,
      starts.buffer,
      (lengths ?? starts).buffer,
      cacheKey.buffer,
      cacheValue.buffer,
    ],
    params: [
      tokens,
      batch * tokens,
      together ? heads : 0,
      kvHeads,
      halfUnits,
      headUnits,
      table.maxPositions,
      capacity,
      (lengths ? ROTARY_LENGTHS : 0) | (slotted ? ROTARY_SLOTS : 0),
      NAN_BITS,
      1,
    ],
    workgroups: workgroupGrid(device, batch * tokens),
  })
  return rotated
}
