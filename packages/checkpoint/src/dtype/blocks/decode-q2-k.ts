import type { BlockDecoder } from "./block-decoder.ts"

/**
 * Q2_K: 16 bytes of a 4-bit scale (low) and minimum (high) per 16 weights, 64 bytes of four 2-bit weights each, then the
 * scale of scales and of minima (f16). A run of 32 bytes holds 128 weights: bits 0-1 the first 32, 2-3 the next...
 */
export const decodeQ2_K: BlockDecoder = (bytes, out, half) => {
  for (let at = 0, to = 0; at < bytes.length; at += 84, to += 256) {
    const scale = half(at + 80)
    const minimum = half(at + 82)
    for (let group = 0; group < 16; group++) {
      const packed = bytes[at + group]!
      const groupScale = Math.fround(scale * (packed & 15))
      const groupMinimum = Math.fround(minimum * (packed >> 4))
      const from = at + 16 + (group >> 3) * 32 + (group & 1) * 16
      const shift = group & 6
      for (let i = 0; i < 16; i++)
        out[to + group * 16 + i] = Math.fround(groupScale * ((bytes[from + i]! >> shift) & 3)) - groupMinimum
    }
  }
}
