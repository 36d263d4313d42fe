import type { BlockDecoder } from "./block-decoder.ts"
import { groupMinimum, groupScale } from "./six-bit-groups.ts"

/** Q4_K: scale of scales, of minima (f16), 12 bytes of eight 6-bit pairs, 128 bytes of two 4-bit weights each. */
export const decodeQ4_K: BlockDecoder = (bytes, out, half) => {
  for (let at = 0, to = 0; at < bytes.length; at += 144, to += 256) {
    const scale = half(at)
    const minimum = half(at + 2)
    for (let group = 0; group < 8; group++) {
      const step = Math.fround(scale * groupScale(bytes, at + 4, group))
      const least = Math.fround(minimum * groupMinimum(bytes, at + 4, group))
      const from = at + 16 + (group >> 1) * 32
      const shift = (group & 1) * 4
      for (let i = 0; i < 32; i++)
        out[to + group * 32 + i] = Math.fround(step * ((bytes[from + i]! >> shift) & 15)) - least
    }
  }
}
