import type { GenerationResult } from "@llava/model"
import type { Timings } from "../schema/chat-reply.ts"

export function timingsOf({ timings }: GenerationResult): Timings {
  return {
    encode_ms: timings.encodeMs,
    prefill_ms: timings.prefillMs,
    decode_ms: timings.decodeMs,
    tokens_per_second: timings.tokensPerSecond,
  }
}
