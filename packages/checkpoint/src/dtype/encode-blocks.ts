import { CheckpointError } from "../checkpoint-error.ts"
import { blockLayout } from "./block-layout.ts"
import { encodeQ4_0 } from "./blocks/encode-q4-0.ts"
import { encodeQ4_1 } from "./blocks/encode-q4-1.ts"
import { encodeQ8_0 } from "./blocks/encode-q8-0.ts"
import { findFloat16Overflow } from "./find-float16-overflow.ts"
import { float16Table } from "./float16-table.ts"
import { float32ToBfloat16 } from "./float32-to-bfloat16.ts"
import { float32ToFloat16 } from "./float32-to-float16.ts"

/** The formats this package can produce from float32 values. */
export type EncodableDType = "F32" | "F16" | "BF16" | "Q8_0" | "Q4_0" | "Q4_1"

const quantisers = { Q8_0: encodeQ8_0, Q4_0: encodeQ4_0, Q4_1: encodeQ4_1 }

/**
 * Float32 values as stored bytes. F16 and BF16 round to nearest, ties to even; Q8_0, Q4_0 and Q4_1 round as ggml's
 * reference quantisers do (`quantize_row_*_ref`), bit for bit: scales are found in float32, weights are rounded by the
 * float32 scale, and only then is the scale stored as float16.
 *
 * Throws `CheckpointError` "block-incomplete" when the values are no whole number of blocks, "value-out-of-range" when
 * a value (or a block's scale) is too large for float16 or not finite in a block format.
 */
export function encodeBlocks(dtype: EncodableDType, values: Float32Array): Uint8Array {
  const block = blockLayout(dtype)
  if (values.length % block.elements !== 0)
    throw new CheckpointError(
      `${values.length} values are no whole number of ${dtype} blocks of ${block.elements} values.`,
      { code: "block-incomplete", fix: "Store tensors with such rows as F16." },
    )
  const out = new Uint8Array((values.length / block.elements) * block.bytes)
  switch (dtype) {
    case "F32":
      out.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
      return out
    case "BF16":
      float32ToBfloat16(values, new Uint16Array(out.buffer))
      return out
    case "F16": {
      const overflow = findFloat16Overflow(values)
      if (overflow >= 0) throw outOfRange(`${values[overflow]} at index ${overflow}`, "F16")
      float32ToFloat16(values, new Uint16Array(out.buffer))
      return out
    }
    default: {
      const invalid = findNonFinite(values)
      if (invalid >= 0) throw outOfRange(`${values[invalid]} at index ${invalid}`, dtype)
      quantisers[dtype](values, out, halfWriter(out, dtype))
      return out
    }
  }
}

function findNonFinite(values: Float32Array): number {
  // The difference of a number with itself is 0, of an infinity or NaN it is NaN.
  for (let i = 0; i < values.length; i++) if (values[i]! - values[i]! !== 0) return i
  return -1
}

function halfWriter(out: Uint8Array, dtype: EncodableDType): (at: number, value: number) => void {
  const value = new Float32Array(1)
  const bits = new Uint16Array(1)
  const table = float16Table()
  return (at, scale) => {
    value[0] = scale
    float32ToFloat16(value, bits)
    if (!Number.isFinite(table[bits[0]!]!)) throw outOfRange(`a block's scale or minimum of ${scale}`, dtype)
    out[at] = bits[0]! & 255
    out[at + 1] = bits[0]! >> 8
  }
}

function outOfRange(what: string, dtype: EncodableDType): CheckpointError {
  return new CheckpointError(`${what} cannot be stored as ${dtype}.`, {
    code: "value-out-of-range",
    fix: "Store the tensor as BF16 or F32.",
  })
}
