import { isMark } from "./is-mark.ts"
import { numberOfWord } from "./number-of-word.ts"
import { wordsOf } from "./words-of.ts"

/**
 * The number that a text comes to, as an answer to how many `nouns` there are: after its last colon, at its end,
 * before the noun, or the only one. Undefined where it is not clear.
 */
export function readNumber(text: string, nouns: readonly string[]): number | undefined {
  const words = wordsOf(text)
  const isBeforeNoun = (at: number) =>
    nouns.some((noun) => noun.split(" ").every((word, index) => words[at + 1 + index] === word))
  const colon = words.lastIndexOf(":")
  const afterColon = numberOfWord(words[colon + 1])
  if (colon >= 0 && afterColon !== undefined && (isMark(words[colon + 2]) || isBeforeNoun(colon + 1))) return afterColon
  const last = numberOfWord(words.filter((word) => !isMark(word)).at(-1))
  if (last !== undefined) return last
  const all = words.flatMap((word, at) => {
    const value = numberOfWord(word)
    return value === undefined ? [] : [{ value, counted: isBeforeNoun(at) }]
  })
  const counted = new Set(all.filter((each) => each.counted).map(({ value }) => value))
  if (counted.size === 1) return [...counted][0]
  if (all.length === 1) return all[0]!.value
  if (all.length === 0 && words.some((word) => /^(no|none|nothing)$/.test(word))) return 0
  return undefined
}
