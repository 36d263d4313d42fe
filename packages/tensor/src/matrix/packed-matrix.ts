import type { BufferHandle } from "../device/buffer-handle.ts"
import type { Device } from "../device/device.ts"
import { TensorError } from "../error/tensor-error.ts"
import { type MatrixFormat, matrixFormats } from "./matrix-format.ts"
import { packPanels } from "./pack-panels.ts"
import { unpackPanels } from "./unpack-panels.ts"

/** Rows of one panel: what one workgroup of the fast kernels multiplies. */
export const PANEL_ROWS = 32

/** A run of panels in one binding. */
export interface MatrixPart {
  readonly firstRow: number
  readonly rows: number
  /** 32-bit words, by panel, then by group of inputs, then by row: `[panel][input / perWord][32]`. */
  readonly words: BufferHandle
  /** Scales (q8_0, q4_0), then minima (q4_1), as f32: `[panel][input / 32][32]`, each `[.., 2, ..]` for q4_1. */
  readonly scales: BufferHandle | undefined
}

/**
 * A weight matrix `[out, in]` stored for multiplication: 32 output rows side by side, consecutive inputs of a row
 * packed into words, so that one wide load feeds many multiplications. Frozen: it can be replaced, not trained.
 * A matrix bigger than one binding is split by rows into parts.
 */
export class PackedMatrix implements Disposable {
  readonly device: Device
  readonly format: MatrixFormat
  /** `[out, in]` */
  readonly shape: readonly [rows: number, columns: number]
  readonly parts: readonly MatrixPart[]
  #disposed = false

  private constructor(device: Device, format: MatrixFormat, shape: readonly [number, number], parts: MatrixPart[]) {
    this.device = device
    this.format = format
    this.shape = shape
    this.parts = parts
  }

  /** Allocates; the contents are undefined until every row is written. Errors: "packed-shape" for a partial block. */
  static create(device: Device, format: MatrixFormat, rows: number, columns: number): PackedMatrix {
    const { blockElements, perWord, scaleWords } = matrixFormats[format]
    if (columns % blockElements !== 0) {
      throw new TensorError(`A ${format} matrix of ${columns} columns: blocks hold ${blockElements}.`, {
        code: "packed-shape",
        fix: "Store it as f16 or f32.",
      })
    }
    const groups = Math.ceil(columns / perWord / 4) * 4
    const wordBytes = groups * PANEL_ROWS * 4
    const scaleBytes = (columns / 32) * scaleWords * PANEL_ROWS * 4
    const largest = Math.max(wordBytes, scaleBytes)
    const panels = Math.ceil(rows / PANEL_ROWS)
    const limit = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize)
    const panelsPerPart = Math.floor(limit / largest)
    if (panelsPerPart === 0) {
      throw new TensorError(
        `${PANEL_ROWS} rows of ${columns} ${format} columns exceed the binding limit of ${limit}.`,
        {
          code: "limit-exceeded",
        },
      )
    }
    const parts: MatrixPart[] = []
    for (let panel = 0; panel < panels; panel += panelsPerPart) {
      const count = Math.min(panelsPerPart, panels - panel)
      const firstRow = panel * PANEL_ROWS
      parts.push({
        firstRow,
        rows: Math.min(count * PANEL_ROWS, rows - firstRow),
        words: device.allocate(count * wordBytes, true),
        scales: scaleBytes > 0 ? device.allocate(count * scaleBytes, true) : undefined,
      })
    }
    return new PackedMatrix(device, format, [rows, columns], parts)
  }

  /** 32-bit words in a row of one panel, padding included. */
  get groups(): number {
    return Math.ceil(this.shape[1] / matrixFormats[this.format].perWord / 4) * 4
  }

  /** GPU bytes. */
  get byteLength(): number {
    return this.parts.reduce((sum, part) => sum + part.words.size + (part.scales?.size ?? 0), 0)
  }

  /**
   * Writes whole rows, in the form files have: row-major little-endian elements for f32 and f16, GGUF blocks for the
   * quantised formats. `firstRow` must be a multiple of 32, and so must the number of rows except at the end.
   */
  writeRows(firstRow: number, bytes: Uint8Array): void {
    const { blockBytes, blockElements } = matrixFormats[this.format]
    const [rows, columns] = this.shape
    const rowBytes = (columns / blockElements) * blockBytes
    const count = bytes.byteLength / rowBytes
    const atEnd = firstRow + count === rows
    if (firstRow % PANEL_ROWS !== 0 || !Number.isInteger(count) || (count % PANEL_ROWS !== 0 && !atEnd)) {
      throw new TensorError(
        `${bytes.byteLength} bytes at row ${firstRow} are not whole panels of ${PANEL_ROWS} rows.`,
        {
          code: "packed-shape",
        },
      )
    }
    for (const part of this.parts) {
      const begin = Math.max(firstRow, part.firstRow)
      const end = Math.min(firstRow + count, part.firstRow + part.rows)
      if (begin >= end) continue
      const slice = bytes.subarray((begin - firstRow) * rowBytes, (end - firstRow) * rowBytes)
      const packed = packPanels(this.format, slice, end - begin, columns)
      const panel = (begin - part.firstRow) / PANEL_ROWS
      this.device.upload(part.words, packed.words, panel * packed.wordBytesPerPanel)
      if (part.scales && packed.scales)
        this.device.upload(part.scales, packed.scales, panel * packed.scaleBytesPerPanel)
    }
  }

  /** Copies rows back to the host, dequantised: `[count, in]`. `firstRow` must be a multiple of 32. */
  async readRows(firstRow = 0, count = this.shape[0] - firstRow): Promise<Float32Array> {
    return unpackPanels(this, firstRow, count)
  }

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    for (const part of this.parts) {
      this.device.release(part.words)
      if (part.scales) this.device.release(part.scales)
    }
  }

  [Symbol.dispose](): void {
    this.dispose()
  }
}
