import type { Device } from "../device/device.ts"

/**
 * Workgroups for `count` independent items of one dispatch, folded into two dimensions where one would exceed the
 * limit. In WGSL the item is `workgroup_id.x + workgroup_id.y * num_workgroups.x`; items at `count` or above are idle.
 */
export function workgroupGrid(device: Device, count: number): [x: number, y: number] {
  const limit = device.limits.maxComputeWorkgroupsPerDimension
  if (count <= limit) return [count, 1]
  const rows = Math.ceil(count / limit)
  return [Math.ceil(count / rows), rows]
}
