import { IGNORE_INDEX, IMAGE_TOKEN_INDEX } from "@llava/core"
import type { PreparedSample } from "./prepared-sample.ts"

export interface TokenCounts {
  /** Text and image tokens, before anything is cut. */
  readonly tokens: number
  /** Labels that predict something: not masked, within the limit, and not the first token, which nothing precedes. */
  readonly learned: number
}

/** The tokens of a sample that is cut at `limit`. */
export function countTokens(
  { ids, labels }: Pick<PreparedSample, "ids" | "labels">,
  tokensPerImage: number,
  limit: number,
): TokenCounts {
  let tokens = 0
  let learned = 0
  for (const [at, id] of ids.entries()) {
    if (id === IMAGE_TOKEN_INDEX) {
      tokens += tokensPerImage
      continue
    }
    if (labels[at] !== IGNORE_INDEX && tokens > 0 && tokens < limit) learned++
    tokens++
  }
  return { tokens, learned }
}
