import type { BlockDecoder } from "./block-decoder.ts"

/** Q5_0: scale (f16), 32 fifth bits, 16 bytes of two lower halves each; value = scale * (q - 16). */
export const decodeQ5_0: BlockDecoder = (bytes, out, half) => {
  for (let at = 0, to = 0; at < bytes.length; at += 22, to += 32) {
    const scale = half(at)
    const high = bytes[at + 2]! | (bytes[at + 3]! << 8) | (bytes[at + 4]! << 16) | (bytes[at + 5]! << 24)
    for (let i = 0; i < 16; i++) {
      const pair = bytes[at + 6 + i]!
      out[to + i] = scale * (((pair & 15) | (((high >>> i) & 1) << 4)) - 16)
      out[to + 16 + i] = scale * (((pair >> 4) | (((high >>> (i + 16)) & 1) << 4)) - 16)
    }
  }
}
