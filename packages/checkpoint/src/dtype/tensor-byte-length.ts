import type { StoredDType } from "../stored-tensor.ts"
import { blockLayout } from "./block-layout.ts"

/**
 * Bytes of a tensor, or undefined where there is no such tensor: a dimension that is not a whole number, more elements
 * than a double counts exactly, or an innermost dimension that is not a whole number of blocks.
 */
export function tensorByteLength(dtype: StoredDType, shape: readonly number[]): number | undefined {
  let elements = 1
  for (const dimension of shape) {
    if (!Number.isSafeInteger(dimension) || dimension < 0) return undefined
    elements *= dimension
    if (!Number.isSafeInteger(elements)) return undefined
  }
  const block = blockLayout(dtype)
  if (block.elements > 1 && (shape.at(-1) ?? 1) % block.elements !== 0) return undefined
  const bytes = (elements / block.elements) * block.bytes
  return Number.isSafeInteger(bytes) ? bytes : undefined
}
