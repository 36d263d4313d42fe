import type { Tokenizer } from "../tokenizer/tokenizer.ts"

const known = new WeakMap<Tokenizer, { vocabSize: number; names: readonly string[] }>()

/** The names of a tokenizer's special tokens, longest first. */
export function specialTokenNames(tokenizer: Tokenizer): readonly string[] {
  const { vocabSize } = tokenizer
  const found = known.get(tokenizer)
  // Tokens can be added later; then the vocabulary has grown.
  if (found?.vocabSize === vocabSize) return found.names
  const names: string[] = []
  for (let id = 0; id < vocabSize; id++) {
    if (!tokenizer.isSpecial(id)) continue
    const name = tokenizer.decode([id], { skipSpecialTokens: false })
    if (name !== "") names.push(name)
  }
  names.sort((a, b) => b.length - a.length)
  known.set(tokenizer, { vocabSize, names })
  return names
}
