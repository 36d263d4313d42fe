import type { BlockDecoder } from "./block-decoder.ts"
import { nonLinearSteps } from "./non-linear-steps.ts"

/** IQ4_NL: as Q4_0, but the 4 bits choose one of sixteen uneven steps. */
export const decodeIQ4_NL: BlockDecoder = (bytes, out, half) => {
  for (let at = 0, to = 0; at < bytes.length; at += 18, to += 32) {
    const scale = half(at)
    for (let i = 0; i < 16; i++) {
      const pair = bytes[at + 2 + i]!
      out[to + i] = scale * nonLinearSteps[pair & 15]!
      out[to + 16 + i] = scale * nonLinearSteps[pair >> 4]!
    }
  }
}
