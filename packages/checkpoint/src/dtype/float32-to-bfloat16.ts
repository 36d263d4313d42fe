/** Float32 to bfloat16 bits, rounding to nearest, ties to even; NaN stays NaN. */
export function float32ToBfloat16(
  values: Float32Array,
  out: Uint16Array<ArrayBufferLike> = new Uint16Array(values.length),
): Uint16Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length)
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if ((word & 0x7fffffff) > 0x7f800000) out[i] = (word >>> 16) | 0x40
    else out[i] = (word + 0x7fff + ((word >>> 16) & 1)) >>> 16
  }
  return out
}
