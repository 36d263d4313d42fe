import type { DeviceProfile } from "../device/device-profile.ts"
import type { Kernel } from "../kernel/kernel.ts"
import { attentionLanesKernel } from "./attention-lanes.ts"
import { attentionTilesKernel, TILE_ROWS } from "./attention-tiles.ts"

interface AttentionSizes {
  /** Rows of queries of one item and key-value head; in pages, those of an item on average. */
  readonly rows: number
  readonly headSize: number
  readonly segments: boolean
  readonly paged: boolean
  readonly recorded: boolean
}

/** Processors keep a tile in the registers of one subgroup; everything else shares tiles in workgroup memory. */
export function chooseAttentionKernel(
  { software, subgroupSize: lanes }: DeviceProfile,
  { rows, headSize, segments, paged, recorded }: AttentionSizes,
): { kernel: Kernel; tileRows: number } {
  if (!software || lanes < 4 || lanes > 16 || headSize % 4 !== 0) {
    return { kernel: attentionTilesKernel({ chunks: Math.ceil(headSize / 32), paged, recorded }), tileRows: TILE_ROWS }
  }
  // More rows share what is loaded, but such a kernel takes seconds to compile: not for a handful of rows.
  const tileRows = rows <= 4 ? 4 : rows < 64 || headSize > 96 ? 8 : 16
  const variant = { lanes, rows: tileRows, units: headSize / 4, segments, paged, recorded }
  return { kernel: attentionLanesKernel(variant), tileRows }
}
