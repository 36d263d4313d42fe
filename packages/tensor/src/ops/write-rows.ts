import { defineKernel } from "../kernel/kernel.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { expectWords } from "../tensor/expect-words.ts"
import { elementCount, expectShape } from "../tensor/shape.ts"
import type { Tensor } from "../tensor/tensor.ts"
import { type CachePlaces, resolveCachePlaces } from "./resolve-cache-places.ts"

const LENGTHS = 1
const SLOTS = 2

const kernel = defineKernel({
  name: "write_rows",
  bindings: [
    { name: "rows", type: "array<u32>" },
    { name: "starts", type: "array<i32>" },
    { name: "lengths", type: "array<i32>" },
    { name: "destination", type: "array<u32>", write: true },
  ],
  params: { size: "u32", tokens: "u32", width: "u32", capacity: "u32", flags: "u32" },
  code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i >= params.size) { return; }
  let row = i / params.width;
  let item = row / params.tokens;
  let token = i32(row % params.tokens);
  let slotted = (params.flags & ${SLOTS}u) != 0u;
  let slot = starts[select(item, row, slotted)] + select(token, 0, slotted);
  let base = select(item * params.capacity, 0u, slotted);
  if (slot < 0 || slot >= i32(params.capacity)) { return; }
  if ((params.flags & ${LENGTHS}u) != 0u && token >= lengths[item]) { return; }
  destination[(base + u32(slot)) * params.width + i % params.width] = rows[i];
}`,
})

/**
 * Puts the rows of new tokens into a cache, in place: rows `[batch, tokens, ...]`, target `[batch, capacity, ...]` or,
 * where each token has a slot, `[pages, pageSize, ...]`; elements of four bytes. What is beyond the capacity is not
 * written: who fills a cache must know its size. Errors: "shape-mismatch", "dtype-mismatch".
 */
export function writeRows(target: Tensor, rows: Tensor, places: CachePlaces): void {
  const resolved = resolveCachePlaces("writeRows", places, rows, target.shape)
  const { starts, lengths, slotted, capacity, leading } = resolved
  const [, tokens = 0, ...rest] = rows.shape
  expectShape("writeRows", "target", target.shape, [...leading, ...rest])
  expectWords("writeRows", rows)
  expectDtype("writeRows", "target", target, rows.dtype)
  rows.device.run(kernel, {
    bindings: [rows.buffer, starts.buffer, (lengths ?? starts).buffer, target.buffer],
    params: [rows.size, tokens, elementCount(rest), capacity, (lengths ? LENGTHS : 0) | (slotted ? SLOTS : 0)],
    workgroups: workgroupGrid(rows.device, Math.ceil(rows.size / 64)),
  })
}

/** `writeRows` on the host: the target with the rows in it. */
export function writeRowsReference(
  target: { values: ArrayLike<number>; batch: number; capacity: number },
  rows: ArrayLike<number>,
  offsets: readonly number[],
  lengths: readonly number[],
): number[] {
  const { batch, capacity } = target
  const written = Array.from(target.values)
  const width = written.length / batch / capacity
  const tokens = rows.length / batch / width
  for (let item = 0; item < batch; item++) {
    for (let token = 0; token < Math.min(tokens, lengths[item]!); token++) {
      const slot = offsets[item]! + token
      if (slot < 0 || slot >= capacity) continue
      for (let i = 0; i < width; i++) {
        written[(item * capacity + slot) * width + i] = rows[(item * tokens + token) * width + i]!
      }
    }
  }
  return written
}
