import { type BpeModel, bpeWordEncoder } from "./bpe-word-encoder.ts"
import { toByteLevel } from "./byte-level-text.ts"
import { splitByPattern } from "./split-by-pattern.ts"
import { cached } from "./word-cache.ts"

/** Byte-level BPE (GPT-2 and its family): cut text by the patterns, write words in the byte alphabet, merge. */
export function byteLevelEncoder(
  model: BpeModel,
  patterns: readonly RegExp[],
  file: string,
): (text: string) => number[] {
  const encodeWord = bpeWordEncoder(model, file)
  const encodePlainWord = cached((word) => encodeWord(toByteLevel(word)))
  return (text) => {
    let words = [text]
    for (const pattern of patterns) words = words.flatMap((word) => splitByPattern(word, pattern))
    return words.flatMap(encodePlainWord)
  }
}
