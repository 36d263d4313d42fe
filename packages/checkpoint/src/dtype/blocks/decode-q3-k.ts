import type { BlockDecoder } from "./block-decoder.ts"

/**
 * Q3_K: 32 bytes of third bits (a set bit means no offset of -4), 64 bytes of four 2-bit weights each, 12 bytes of
 * sixteen 6-bit scales (offset 32), scale of scales (f16).
 */
export const decodeQ3_K: BlockDecoder = (bytes, out, half) => {
  for (let at = 0, to = 0; at < bytes.length; at += 110, to += 256) {
    const scale = half(at + 108)
    for (let group = 0; group < 16; group++) {
      const low = (bytes[at + 96 + (group & 7)]! >> (group & 8 ? 4 : 0)) & 15
      const high = (bytes[at + 104 + (group & 3)]! >> ((group >> 2) * 2)) & 3
      const groupScale = Math.fround(scale * ((low | (high << 4)) - 32))
      const half16 = (group & 1) * 16
      const from = at + 32 + (group >> 3) * 32 + half16
      const shift = group & 6
      const bit = group >> 1
      for (let i = 0; i < 16; i++) {
        const offset = (bytes[at + half16 + i]! >> bit) & 1 ? 0 : 4
        out[to + group * 16 + i] = groupScale * (((bytes[from + i]! >> shift) & 3) - offset)
      }
    }
  }
}
