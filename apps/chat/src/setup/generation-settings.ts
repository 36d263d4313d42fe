import type { ChatOptions } from "../command-line/chat-options.ts"
import type { GenerationSettings } from "./chat-session.ts"

export function generationSettings(options: ChatOptions): GenerationSettings {
  const { maxNewTokens, temperature, topK, topP, minP, repetitionPenalty, seed, stop, ignoreEos } = options
  return {
    maxNewTokens,
    temperature,
    topK,
    topP,
    minP,
    repetitionPenalty,
    stop,
    ignoreEndOfSequence: ignoreEos,
    ...(seed === undefined ? {} : { seed }),
  }
}
