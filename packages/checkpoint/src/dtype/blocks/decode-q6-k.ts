import type { BlockDecoder } from "./block-decoder.ts"

/**
 * Q6_K: 128 bytes of lower halves, 64 bytes of upper two bits, 16 signed scales of 16 weights each, scale of scales
 * (f16); value = scale * (q - 32). Each half of the block (128 weights) has its own 64 and 32 bytes.
 */
export const decodeQ6_K: BlockDecoder = (bytes, out, half) => {
  for (let at = 0, to = 0; at < bytes.length; at += 210, to += 256) {
    const scale = half(at + 208)
    for (let group = 0; group < 16; group++) {
      const step = Math.fround(scale * ((bytes[at + 192 + group]! << 24) >> 24))
      const quarter = (group >> 1) & 3
      const low = at + (group >> 3) * 64 + (quarter & 1) * 32 + (group & 1) * 16
      const high = at + 128 + (group >> 3) * 32 + (group & 1) * 16
      const lowShift = (quarter >> 1) * 4
      const highShift = quarter * 2
      for (let i = 0; i < 16; i++) {
        const q = ((bytes[low + i]! >> lowShift) & 15) | (((bytes[high + i]! >> highShift) & 3) << 4)
        out[to + group * 16 + i] = step * (q - 32)
      }
    }
  }
}
