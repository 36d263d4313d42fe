import { TensorError } from "../error/tensor-error.ts"
import { defineKernel } from "../kernel/kernel.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { expectWords } from "../tensor/expect-words.ts"
import { elementCount, expectShape } from "../tensor/shape.ts"
import type { Tensor } from "../tensor/tensor.ts"

const kernel = defineKernel({
  name: "write_rows",
  bindings: [
    { name: "rows", type: "array<u32>" },
    { name: "offsets", type: "array<i32>" },
    { name: "lengths", type: "array<i32>" },
    { name: "destination", type: "array<u32>", write: true },
  ],
  params: { size: "u32", tokens: "u32", width: "u32", capacity: "u32" },
  code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i >= params.size) { return; }
  let row = i / params.width;
  let item = row / params.tokens;
  let token = i32(row % params.tokens);
  let slot = offsets[item] + token;
  if (token >= lengths[item] || slot < 0 || slot >= i32(params.capacity)) { return; }
  destination[(item * params.capacity + u32(slot)) * params.width + i % params.width] = rows[i];
}`,
})

/** Where in the cache the rows go. */
export interface WriteRowsOptions {
  /** i32 `[batch]`: where token 0 goes. */
  offsets: Tensor
  /** i32 `[batch]`: tokens at this index and above are padding and are not written. */
  lengths: Tensor
}

/**
 * Puts the rows of new tokens into a cache, in place: rows `[batch, tokens, ...]`, target `[batch, capacity, ...]`,
 * elements of four bytes. Row b, token t goes to place offsets[b] + t; what is beyond the capacity is not written: who
 * fills a cache must know its size. Errors: "shape-mismatch", "dtype".
 */
export function writeRows(target: Tensor, rows: Tensor, { offsets, lengths }: WriteRowsOptions): void {
  const [batch, tokens, ...rest] = rows.shape
  const capacity = target.shape[1]
  if (batch === undefined || tokens === undefined || capacity === undefined) {
    throw new TensorError(`writeRows: rows of shape [${rows.shape}] into [${target.shape}].`, {
      code: "shape-mismatch",
      fix: "Expected [batch, tokens, ...] and [batch, capacity, ...].",
    })
  }
  expectShape("writeRows", "target", target.shape, [batch, capacity, ...rest])
  expectWords("writeRows", rows)
  expectDtype("writeRows", "target", target, rows.dtype)
  for (const [name, tensor] of Object.entries({ offsets, lengths })) {
    expectDtype("writeRows", name, tensor, "i32")
    expectShape("writeRows", name, tensor.shape, [batch])
  }
  rows.device.run(kernel, {
    bindings: [rows.buffer, offsets.buffer, lengths.buffer, target.buffer],
    params: [rows.size, tokens, elementCount(rest), capacity],
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
