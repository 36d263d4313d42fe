import { type Device, elementCount, type Module, matrixFormats } from "@llava/tensor"
import { ModelError } from "../model-error.ts"
import { matrixFormatFor, type WeightDType } from "./weight-dtype.ts"
import type { WeightEntry } from "./weight-entry.ts"

/** Rows that must stand in one binding; bigger matrices are split between them. */
const PANEL_ROWS = 32

/**
 * Refuses a module that cannot be held by the adapter, before anything is read. Errors: "limit-exceeded", naming the
 * tensor and the limit.
 */
export function checkFit(
  device: Device,
  module: Module,
  entries: ReadonlyMap<string, WeightEntry>,
  dtype: WeightDType,
): void {
  const { maxBufferSize, maxStorageBufferBindingSize } = device.limits
  const limit = Math.min(maxBufferSize, maxStorageBufferBindingSize)
  const limitName = maxBufferSize < maxStorageBufferBindingSize ? "maxBufferSize" : "maxStorageBufferBindingSize"
  for (const [path, parameter] of module.namedParameters()) {
    const entry = entries.get(path)
    if (!entry) continue
    const columns = parameter.shape[1]
    const packed = parameter.packable && columns !== undefined
    const bytes = packed
      ? PANEL_ROWS * columns * bytesPerElement(entry, columns, dtype)
      : elementCount(parameter.shape) * 4
    if (bytes <= limit) continue
    throw new ModelError(
      `'${path}' [${parameter.shape}] needs ${bytes} bytes in one binding, more than ${limitName} (${limit}) of ${device.profile.name}.`,
      { code: "limit-exceeded", fix: "Use a smaller dtype, or a GPU with higher limits." },
    )
  }
}

function bytesPerElement(entry: WeightEntry, columns: number, dtype: WeightDType): number {
  return 4 / matrixFormats[matrixFormatFor(entry.stored.dtype, columns, dtype)].perWord
}
