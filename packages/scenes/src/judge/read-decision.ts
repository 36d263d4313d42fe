import { isMark } from "./is-mark.ts"
import { wordsOf } from "./words-of.ts"

/** Whether a text says yes or no; undefined where it says neither, or both. "There is no cat" alone is no decision. */
export function readDecision(text: string): "yes" | "no" | undefined {
  const words = wordsOf(text)
  const yes = words.some((word) => /^(yes|yeah|yep|yup)$/.test(word))
  const no = words.some((word, at) => /^(no|nope|nah)$/.test(word) && isMark(words[at + 1]))
  if (yes === no) return undefined
  return yes ? "yes" : "no"
}
