import { defineKernel } from "../kernel/kernel.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { Tensor } from "../tensor/tensor.ts"

/**
 * Chains the places of each index: `links[i]` is (1 where i is the first with its index, the next one with it or -1).
 * Four indices are compared at a time; every place looks at all, which is little beside the products around it.
 */
const linkKernel = defineKernel({
  name: "link_rows",
  bindings: [
    { name: "index", type: "array<vec4<i32>>" },
    { name: "links", type: "array<vec2<i32>>", write: true },
  ],
  params: { count: "u32" },
  code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i >= params.count) { return; }
  let own = index[i / 4u][i % 4u];
  var first = 1;
  var next = -1;
  for (var unit = 0u; unit < (params.count + 3u) / 4u; unit++) {
    let equal = index[unit] == vec4i(own);
    if (!any(equal)) { continue; }
    for (var part = 0u; part < 4u; part++) {
      let place = unit * 4u + part;
      if (!equal[part] || place >= params.count) { continue; }
      if (place < i) { first = 0; }
      if (place > i && next < 0) { next = i32(place); }
    }
  }
  links[i] = vec2i(first, next);
}`,
})

/** Sums the rows of a chain, in order, so that the result is the same every time. */
const scatterKernel = defineKernel({
  name: "scatter_rows",
  bindings: [
    { name: "rows", type: "array<f32>" },
    { name: "index", type: "array<i32>" },
    { name: "links", type: "array<vec2<i32>>" },
    { name: "sums", type: "array<f32>", write: true },
  ],
  params: { size: "u32", width: "u32", count: "i32", from_end: "u32" },
  code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = (group.x + group.y * groups.x) * 64u + lane;
  if (at >= params.size) { return; }
  let place = at / params.width;
  let column = at % params.width;
  var link = links[place];
  // ~i is -1 - i, and leaves the smallest integer, which marks no row, out of range.
  let row = select(index[place], ~index[place], params.from_end != 0u);
  if (link.x == 0 || row < 0 || row >= params.count) { return; }
  var sum = rows[at];
  while (link.y >= 0) {
    sum += rows[u32(link.y) * params.width + column];
    link = links[link.y];
  }
  sums[u32(row) * params.width + column] = sum;
}`,
})

/**
 * The gradient of a lookup: row i of `rows` `[..., width]` is added to row `index[i]` of the result `[count, width]`;
 * indices out of range are left out. `fromEnd` counts as `splice` does: -1 is row 0, -2 row 1. Deterministic.
 */
export function scatterRows(rows: Tensor, index: Tensor, count: number, options: { fromEnd?: boolean } = {}): Tensor {
  const { device } = rows
  const width = rows.shape.at(-1)!
  const sums = Tensor.zeros(device, [count, width])
  using links = Tensor.empty(device, [Math.max(1, index.size), 2], "i32")
  device.run(linkKernel, {
    bindings: [index.buffer, links.buffer],
    params: [index.size],
    workgroups: workgroupGrid(device, Math.ceil(index.size / 64)),
  })
  device.run(scatterKernel, {
    bindings: [rows.buffer, index.buffer, links.buffer, sums.buffer],
    params: [rows.size, width, count, options.fromEnd ? 1 : 0],
    workgroups: workgroupGrid(device, Math.ceil(rows.size / 64)),
  })
  return sums
}

/** `scatterRows` on the host. */
export function scatterRowsReference(
  rows: ArrayLike<number>,
  index: ArrayLike<number>,
  sizes: { count: number; width: number; fromEnd?: boolean },
): Float64Array {
  const { count, width, fromEnd = false } = sizes
  const sums = new Float64Array(count * width)
  for (const [place, given] of Array.from(index).entries()) {
    const row = fromEnd ? -1 - given : given
    if (row < 0 || row >= count) continue
    for (let i = 0; i < width; i++) sums[row * width + i] = sums[row * width + i]! + rows[place * width + i]!
  }
  return sums
}
