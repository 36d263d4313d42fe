import { bufferWindow } from "../device/buffer-window.ts"
import type { Binding } from "../device/device.ts"
import type { Tensor } from "../tensor/tensor.ts"
import { type Activation, activationCodes } from "./activations.ts"
import { chooseProductKernel } from "./choose-product-kernel.ts"
import { epilogueBits } from "./matmul-epilogue.ts"
import type { WeightKind } from "./matmul-weights.ts"
import { ROW_GRANULE, rowsPerBinding, type WeightPart } from "./weight-parts.ts"

/** What is done to y = A·B before it is stored: see `linear`. All operands are f32; gate and residual as y. */
export interface Epilogue {
  bias?: Tensor | undefined
  activation?: Activation | undefined
  gate?: Tensor | undefined
  residual?: Tensor | undefined
}

/** y = A·B for one matrix A `[rows, k]` (or `[k, rows]`), or for a batch of them. */
export interface Product {
  readonly a: Tensor
  readonly transposed?: boolean
  readonly rows: number
  readonly k: number
  readonly kind: WeightKind
  /** B, split by its columns where it is bigger than one binding. */
  readonly parts: readonly WeightPart[]
  /** 32-bit words in a row of a packed matrix. */
  readonly groups: number
  /** `[rows, row size]`; the column of B that goes into its first is `firstColumn`. */
  readonly y: Tensor
  readonly rowSize: number
  readonly firstColumn?: number
  readonly epilogue?: Epilogue
  /** Number of matrices, and the elements from one to the next (0: the same for all). */
  readonly batch?: { readonly count: number; readonly a: number; readonly b: number }
}

interface Window {
  readonly firstRow: number
  readonly rows: number
  readonly firstMatrix: number
  readonly matrices: number
}

/** Records the dispatches of a product. Operands bigger than one binding are taken window by window. */
export function runProduct(product: Product): void {
  const { rows, y, batch = { count: 1, a: 0, b: 0 } } = product
  if (y.size === 0) return
  const rowStep = batch.count > 1 || product.transposed ? rows : rowsPerWindow(product)
  const matrixStep = batch.count > 1 ? matricesPerWindow(product, batch) : 1
  for (let firstMatrix = 0; firstMatrix < batch.count; firstMatrix += matrixStep) {
    const matrices = Math.min(matrixStep, batch.count - firstMatrix)
    for (let firstRow = 0; firstRow < rows; firstRow += rowStep) {
      const window = { firstRow, rows: Math.min(rowStep, rows - firstRow), firstMatrix, matrices }
      for (const part of product.parts) runWindow(product, part, window)
    }
  }
}

function rowsPerWindow({ a, y, k, rows, rowSize }: Product): number {
  const { limits } = y.device
  const limit = limits.maxStorageBufferBindingSize
  // The kernel with the lowest tiles has one workgroup per 8 rows.
  let step = limits.maxComputeWorkgroupsPerDimension * 8
  if (a.buffer.size > limit) step = Math.min(step, rowsPerBinding(y.device, k * 4, "input"))
  if (y.buffer.size > limit) step = Math.min(step, rowsPerBinding(y.device, rowSize * 4, "output"))
  return step < rows ? Math.floor(step / ROW_GRANULE) * ROW_GRANULE : rows
}

function matricesPerWindow(
  { a, y, rows, rowSize, parts }: Product,
  batch: { count: number; a: number; b: number },
): number {
  const { limits } = y.device
  const limit = limits.maxStorageBufferBindingSize
  const binding = parts[0]!.bindings[0]!
  const b = "buffer" in binding ? binding.buffer : binding
  let step = limits.maxComputeWorkgroupsPerDimension
  if (a.buffer.size > limit) step = Math.min(step, rowsPerBinding(y.device, batch.a * 4, "matrices of a"))
  if (batch.b > 0 && b.size > limit) step = Math.min(step, rowsPerBinding(y.device, batch.b * 4, "matrices of b"))
  if (y.buffer.size > limit) step = Math.min(step, rowsPerBinding(y.device, rows * rowSize * 4, "output matrices"))
  return step < batch.count ? Math.floor(step / ROW_GRANULE) * ROW_GRANULE : batch.count
}

function runWindow(product: Product, part: WeightPart, window: Window): void {
  const { a, y, k, kind, rowSize, epilogue = {}, batch = { count: 1, a: 0, b: 0 }, transposed = false } = product
  const { device } = y
  const { firstRow, rows, firstMatrix, matrices } = window
  const yBatch = batch.count > 1 ? rows * rowSize : 0
  const take = (tensor: Tensor, width: number, stride: number): Binding =>
    bufferWindow(
      device,
      tensor.buffer,
      (firstMatrix * stride + firstRow * width) * 4,
      ((matrices - 1) * stride + rows * width) * 4,
    )
  const input = take(a, k, batch.a)
  const { bias, gate, residual, activation } = epilogue
  const kernel = chooseProductKernel(device, { kind, rows, k, columns: part.rows, rowSize, transposed })
  device.run(kernel.kernel, {
    bindings: [
      input,
      ...part.bindings.map((binding) =>
        batch.b > 0 && !("buffer" in binding)
          ? bufferWindow(device, binding, firstMatrix * batch.b * 4, matrices * batch.b * 4)
          : binding,
      ),
      bias ? bias.buffer : input,
      gate ? take(gate, rowSize, yBatch) : input,
      residual ? take(residual, rowSize, yBatch) : input,
      take(y, rowSize, yBatch),
    ],
    params: [
      rows,
      k,
      part.rows,
      part.firstRow - (product.firstColumn ?? 0),
      rowSize,
      product.groups,
      part.panel,
      batch.a,
      batch.b,
      yBatch,
      (bias ? epilogueBits.bias : 0) | (gate ? epilogueBits.gate : 0) | (residual ? epilogueBits.residual : 0),
      activation ? activationCodes[activation] : 0,
    ],
    workgroups: [Math.ceil(part.rows / kernel.columns), Math.ceil(rows / kernel.rows), matrices],
  })
}
