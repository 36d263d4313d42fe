import { matchKind } from "./match-kind.ts"
import { wordsOf } from "./words-of.ts"

/** The kind that a text calls bigger or smaller: the first it names, which in English is what the sentence is about. */
export function readWinner(text: string): string | undefined {
  const words = wordsOf(text)
  for (let at = 0; at < words.length; at++) {
    const match = matchKind(words, at)
    if (match) return match.kind
  }
  return undefined
}
