import type { Device } from "../device/device.ts"
import { defineKernel } from "../kernel/kernel.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import type { Tensor } from "../tensor/tensor.ts"

const kernel = defineKernel({
  name: "copy_blocks",
  bindings: [
    { name: "source", type: "array<u32>" },
    { name: "destination", type: "array<u32>", write: true },
  ],
  params: {
    size: "u32",
    block: "u32",
    source_stride: "u32",
    source_offset: "u32",
    destination_stride: "u32",
    destination_offset: "u32",
  },
  code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i >= params.size) { return; }
  let block = i / params.block;
  let within = i % params.block;
  destination[block * params.destination_stride + params.destination_offset + within] =
    source[block * params.source_stride + params.source_offset + within];
}`,
})

/** Blocks of 32-bit elements at regular distances, in elements. */
export interface BlockLayout {
  stride: number
  offset: number
}

/** Copies `count` blocks of `block` elements each between tensors of 4-byte elements. */
export function copyBlocks(
  device: Device,
  source: Tensor,
  from: BlockLayout,
  target: Tensor,
  to: BlockLayout,
  block: number,
  count: number,
): void {
  if (block === 0 || count === 0) return
  if (count === 1) {
    device.copy(source.buffer, from.offset * 4, target.buffer, to.offset * 4, block * 4)
    return
  }
  device.run(kernel, {
    bindings: [source.buffer, target.buffer],
    params: [count * block, block, from.stride, from.offset, to.stride, to.offset],
    workgroups: workgroupGrid(device, Math.ceil((count * block) / 64)),
  })
}
