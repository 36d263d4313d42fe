import type { BlockDecoder } from "./block-decoder.ts"

/** Q8_0: scale (f16), 32 signed bytes; value = scale * q. */
export const decodeQ8_0: BlockDecoder = (bytes, out, half) => {
  for (let at = 0, to = 0; at < bytes.length; at += 34, to += 32) {
    const scale = half(at)
    for (let i = 0; i < 32; i++) out[to + i] = scale * ((bytes[at + 2 + i]! << 24) >> 24)
  }
}
