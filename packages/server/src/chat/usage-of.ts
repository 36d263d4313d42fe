import type { GenerationResult } from "@llava/model"
import type { Usage } from "../schema/usage.ts"

/** Tokens of a request: its prompt once, all its answers. */
export function usageOf(results: readonly GenerationResult[]): Usage {
  const prompts = results.map(({ usage }) => usage.promptTokens + usage.imageTokens)
  const promptTokens = Math.max(0, ...prompts)
  const completionTokens = results.reduce((sum, { usage }) => sum + usage.generatedTokens, 0)
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: {
      // Of the first choice: the others find its prompt in the cache.
      cached_tokens: results[0]?.usage.cachedTokens ?? 0,
      image_tokens: results[0]?.usage.imageTokens ?? 0,
    },
  }
}
