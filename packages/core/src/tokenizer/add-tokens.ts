import { AssembledTokenizer } from "./assembled-tokenizer.ts"
import type { Tokenizer } from "./tokenizer.ts"
import { TokenizerError } from "./tokenizer-error.ts"

/**
 * Adds tokens behind the vocabulary, as Hugging Face's `add_tokens` does, and returns their ids in order.
 * The tokenizer itself changes. A token that the vocabulary already has keeps its id.
 * The first LLaVA needs `<im_patch>`, `<im_start>` and `<im_end>`; `[PAD]` comes with template v0.
 *
 * @throws TokenizerError `tokens-not-addable` when the tokenizer is not one of ours.
 */
export function addTokens(
  tokenizer: Tokenizer,
  tokens: readonly string[],
  options: { special?: boolean } = {},
): number[] {
  if (!(tokenizer instanceof AssembledTokenizer)) {
    throw new TokenizerError("This tokenizer takes no further tokens.", {
      code: "tokens-not-addable",
      fix: "Use a tokenizer made by @llava/llama or @llava/clip, or build yours on AssembledTokenizer.",
    })
  }
  return tokenizer.addTokens(tokens, { special: options.special ?? true })
}
