/**
 * Float32 to IEEE 754 half-precision bits, rounding to nearest, ties to even. Values from 65520 on become infinite, as
 * in PyTorch; `findFloat16Overflow` finds them beforehand.
 */
export function float32ToFloat16(
  values: Float32Array,
  out: Uint16Array<ArrayBufferLike> = new Uint16Array(values.length),
): Uint16Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length)
  for (let i = 0; i < words.length; i++) out[i] = roundToFloat16(words[i]!)
  return out
}

/** `word`: the bits of a float32. */
function roundToFloat16(word: number): number {
  const sign = (word >>> 16) & 0x8000
  const magnitude = word & 0x7fffffff
  if (magnitude > 0x7f800000) return sign | 0x7e00
  if (magnitude >= 0x477ff000) return sign | 0x7c00
  if (magnitude >= 0x38800000) {
    // Normal: move the exponent bias from 127 to 15, and let the carry of rounding run into the exponent.
    const rebased = magnitude - 0x38000000
    return sign | ((rebased + 0x0fff + ((rebased >>> 13) & 1)) >>> 13)
  }
  if (magnitude <= 0x33000000) return sign
  // Subnormal: the fraction with its hidden one, shifted to units of 2^-24.
  const fraction = (magnitude & 0x7fffff) | 0x800000
  const shift = 126 - (magnitude >>> 23)
  const kept = fraction >>> shift
  const rest = fraction & ((1 << shift) - 1)
  const half = 1 << (shift - 1)
  return sign | (kept + (rest > half || (rest === half && kept & 1) ? 1 : 0))
}
