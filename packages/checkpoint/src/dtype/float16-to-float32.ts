import { float16Table } from "./float16-table.ts"

/** IEEE 754 half-precision bits to float32, exactly. */
export function float16ToFloat32(
  bits: Uint16Array,
  out: Float32Array<ArrayBufferLike> = new Float32Array(bits.length),
): Float32Array {
  const values = float16Table()
  for (let i = 0; i < bits.length; i++) out[i] = values[bits[i]!]!
  return out
}
