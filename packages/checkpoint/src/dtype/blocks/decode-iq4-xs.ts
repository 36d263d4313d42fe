import type { BlockDecoder } from "./block-decoder.ts"
import { nonLinearSteps } from "./non-linear-steps.ts"

/** IQ4_XS: scale (f16), eight 6-bit scales (upper two bits in 2 bytes, lower four in 4; offset 32), 128 bytes as IQ4_NL. */
export const decodeIQ4_XS: BlockDecoder = (bytes, out, half) => {
  for (let at = 0, to = 0; at < bytes.length; at += 136, to += 256) {
    const scale = half(at)
    const upper = bytes[at + 2]! | (bytes[at + 3]! << 8)
    for (let group = 0; group < 8; group++) {
      const low = (bytes[at + 4 + (group >> 1)]! >> ((group & 1) * 4)) & 15
      const step = Math.fround(scale * ((low | (((upper >> (group * 2)) & 3) << 4)) - 32))
      const from = at + 8 + group * 16
      for (let i = 0; i < 16; i++) {
        const pair = bytes[from + i]!
        out[to + group * 32 + i] = step * nonLinearSteps[pair & 15]!
        out[to + group * 32 + 16 + i] = step * nonLinearSteps[pair >> 4]!
      }
    }
  }
}
