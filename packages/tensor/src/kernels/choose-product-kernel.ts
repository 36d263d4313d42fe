import type { Device } from "../device/device.ts"
import type { Kernel } from "../kernel/kernel.ts"
import { matmulLanesKernel } from "./matmul-lanes.ts"
import { matmulTilesKernel, TILE } from "./matmul-tiles.ts"
import { isPacked, type WeightKind } from "./matmul-weights.ts"
import { matvecGroupsKernel } from "./matvec-groups.ts"
import { matvecLanesKernel } from "./matvec-lanes.ts"

export interface ProductKernel {
  readonly kernel: Kernel
  /** Rows and columns of the output per workgroup. */
  readonly rows: number
  readonly columns: number
}

export interface ProductSizes {
  readonly kind: WeightKind
  readonly rows: number
  readonly k: number
  readonly columns: number
  readonly rowSize: number
  readonly transposed: boolean
}

/** The kernel for a product: by subgroups on processors where the sizes allow, else by workgroup memory. */
export function chooseProductKernel(device: Device, sizes: ProductSizes): ProductKernel {
  const { software, subgroupSize } = device.profile
  const lanes = software && (subgroupSize === 4 || subgroupSize === 8) ? subgroupSize : 0
  return (lanes > 0 && lanesKernel(sizes, lanes)) || workgroupKernel(sizes)
}

function lanesKernel(sizes: ProductSizes, lanes: number): ProductKernel | undefined {
  const { kind, rows, k, columns, rowSize, transposed } = sizes
  const vector = rowSize % 4 === 0 && columns % 4 === 0
  if (kind === "dense_kn" && columns % 4 !== 0) return undefined
  if (transposed) {
    if (kind !== "dense_kn" || rows % 4 !== 0 || k % lanes !== 0) return undefined
    return { kernel: matmulLanesKernel({ kind, lanes, tile: 16, transposed, vector }), rows: 16, columns: 4 * lanes }
  }
  if (k % 4 !== 0) return undefined
  if (rows === 1 && kind !== "dense_kn") {
    return { kernel: matvecLanesKernel({ kind, lanes, vector }), rows: 1, columns: isPacked(kind) ? 4 * lanes : 8 }
  }
  const tile = rows <= 8 ? 8 : 16
  return { kernel: matmulLanesKernel({ kind, lanes, tile, transposed, vector }), rows: tile, columns: 4 * lanes }
}

function workgroupKernel({ kind, rows, k, transposed }: ProductSizes): ProductKernel {
  const aligned = k % 4 === 0
  if (rows > 8) return { kernel: matmulTilesKernel({ kind, transposed, aligned }), rows: TILE, columns: TILE }
  const tile = rows === 1 ? 1 : 8
  return { kernel: matvecGroupsKernel({ kind, tile, transposed, aligned }), rows: tile, columns: 32 }
}
