import type { BlockDecoder } from "./block-decoder.ts"

/** Q4_1: scale, minimum (f16), 16 bytes of two 4-bit weights each; value = scale * q + minimum. */
export const decodeQ4_1: BlockDecoder = (bytes, out, half) => {
  for (let at = 0, to = 0; at < bytes.length; at += 20, to += 32) {
    const scale = half(at)
    const minimum = half(at + 2)
    for (let i = 0; i < 16; i++) {
      const pair = bytes[at + 4 + i]!
      out[to + i] = Math.fround(scale * (pair & 15)) + minimum
      out[to + 16 + i] = Math.fround(scale * (pair >> 4)) + minimum
    }
  }
}
