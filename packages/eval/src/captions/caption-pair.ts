/** A tokenised caption and the tokenised references of its image. */
export interface CaptionPair {
  candidate: readonly string[]
  references: readonly (readonly string[])[]
}

/** The words of a token list: a few tokens, such as "22 3/4", hold a space that counting n-grams splits at. */
export function wordsOf(tokens: readonly string[]): readonly string[] {
  return tokens.some((token) => token.includes("\u00a0")) ? tokens.flatMap((token) => token.split("\u00a0")) : tokens
}
