import type { Tokenizer } from "@llava/core"
import type { ChosenLogProbability, TokenLogProbability } from "@llava/model"
import type { Logprobs } from "../schema/logprobs.ts"

/** OpenAI's form of the probabilities of an answer's tokens. */
export function logprobsOf(tokenizer: Tokenizer, chosen: readonly ChosenLogProbability[]): Logprobs {
  const entry = ({ tokenId, logProbability }: TokenLogProbability) => {
    const bytes = bytesOf(tokenizer, tokenId)
    // JSON has no infinity; OpenAI writes this for what is out of the question.
    const logprob = Math.max(logProbability, -9999)
    return { token: new TextDecoder().decode(bytes), logprob, bytes: [...bytes] }
  }
  return {
    content: chosen.map((token) => ({ ...entry(token), top_logprobs: token.likeliest.map(entry) })),
    refusal: null,
  }
}

/** Special tokens by their names: they add nothing to the text. */
function bytesOf(tokenizer: Tokenizer, id: number): Uint8Array {
  if (!tokenizer.isSpecial(id)) return tokenizer.tokenBytes(id)
  return new TextEncoder().encode(tokenizer.decode([id], { skipSpecialTokens: false }))
}
