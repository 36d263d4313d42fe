import type { BlockDecoder } from "./block-decoder.ts"

/** Q5_1: scale, minimum (f16), 32 fifth bits, 16 bytes of two lower halves each; value = scale * q + minimum. */
export const decodeQ5_1: BlockDecoder = (bytes, out, half) => {
  for (let at = 0, to = 0; at < bytes.length; at += 24, to += 32) {
    const scale = half(at)
    const minimum = half(at + 2)
    const high = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24)
    for (let i = 0; i < 16; i++) {
      const pair = bytes[at + 8 + i]!
      out[to + i] = Math.fround(scale * ((pair & 15) | (((high >>> i) & 1) << 4))) + minimum
      out[to + 16 + i] = Math.fround(scale * ((pair >> 4) | (((high >>> (i + 16)) & 1) << 4))) + minimum
    }
  }
}
