import type { BlockDecoder } from "./block-decoder.ts"

/** Q4_0: scale (f16), 16 bytes of two 4-bit weights each, the low half first; value = scale * (q - 8). */
export const decodeQ4_0: BlockDecoder = (bytes, out, half) => {
  for (let at = 0, to = 0; at < bytes.length; at += 18, to += 32) {
    const scale = half(at)
    for (let i = 0; i < 16; i++) {
      const pair = bytes[at + 2 + i]!
      out[to + i] = scale * ((pair & 15) - 8)
      out[to + 16 + i] = scale * ((pair >> 4) - 8)
    }
  }
}
