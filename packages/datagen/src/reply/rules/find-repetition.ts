import type { CheckedReply } from "../reply.ts"
import { splitSentences } from "../split-sentences.ts"

/** A reply that turns in circles: one sentence three times, or one phrase of four words over and over. */
export function findRepetition({ reply, turns }: CheckedReply): string | undefined {
  const counts = new Map<string, number>()
  const texts = turns.length > 0 ? turns.map(({ answer }) => answer) : [reply.text]
  for (const sentence of texts.flatMap(splitSentences)) {
    const words = sentence.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []
    if (words.length < 4) continue
    const key = words.join(" ")
    const count = (counts.get(key) ?? 0) + 1
    if (count === 3) return sentence
    counts.set(key, count)
  }
  for (const text of texts) {
    const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []
    const phrases = new Map<string, number>()
    for (let at = 0; at + 4 <= words.length; at++) {
      const phrase = words.slice(at, at + 4).join(" ")
      const count = (phrases.get(phrase) ?? 0) + 1
      // Four times, and more than a twelfth of everything said.
      if (count >= 4 && count * 12 > words.length) return phrase
      phrases.set(phrase, count)
    }
  }
  return undefined
}
