import type { LanguageModelV4FinishReason, LanguageModelV4Usage, SharedV4ProviderMetadata } from "@ai-sdk/provider"
import type { GenerationResult } from "@llava/model"

/** What AI SDK wants to know of an answer besides its text. */
export interface AnswerDetails {
  finishReason: LanguageModelV4FinishReason
  usage: LanguageModelV4Usage
  providerMetadata: SharedV4ProviderMetadata
}

/** Tokens of images count as tokens of the input; under `providerMetadata.llava` is how many they are, and how fast it went. */
export function toAnswerDetails({ finishReason, usage, timings, tokenIds }: GenerationResult): AnswerDetails {
  const { promptTokens, imageTokens, generatedTokens, cachedTokens } = usage
  const total = promptTokens + imageTokens
  return {
    finishReason: { unified: finishReason, raw: finishReason },
    usage: {
      inputTokens: { total, noCache: total - cachedTokens, cacheRead: cachedTokens, cacheWrite: undefined },
      outputTokens: { total: generatedTokens, text: generatedTokens, reasoning: 0 },
      raw: { ...usage },
    },
    providerMetadata: { llava: { imageTokens, tokenIds, timings: { ...timings } } },
  }
}
