import type { BlockDecoder } from "./block-decoder.ts"
import { groupMinimum, groupScale } from "./six-bit-groups.ts"

/** Q5_K: as Q4_K, with 32 bytes of fifth bits (bit g belongs to group g) before the 4-bit weights. */
export const decodeQ5_K: BlockDecoder = (bytes, out, half) => {
  for (let at = 0, to = 0; at < bytes.length; at += 176, to += 256) {
    const scale = half(at)
    const minimum = half(at + 2)
    for (let group = 0; group < 8; group++) {
      const step = Math.fround(scale * groupScale(bytes, at + 4, group))
      const least = Math.fround(minimum * groupMinimum(bytes, at + 4, group))
      const from = at + 48 + (group >> 1) * 32
      const shift = (group & 1) * 4
      for (let i = 0; i < 32; i++) {
        const fifth = ((bytes[at + 16 + i]! >> group) & 1) << 4
        out[to + group * 32 + i] = Math.fround(step * (((bytes[from + i]! >> shift) & 15) | fifth)) - least
      }
    }
  }
}
