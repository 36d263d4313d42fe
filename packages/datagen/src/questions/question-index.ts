import { minHash } from "./min-hash.ts"
import { questionWords } from "./question-words.ts"

/** Questions this similar are the same question in other words. */
const threshold = 0.7

/** The questions of one image, to know whether another one was asked before: to the letter, or nearly so (MinHash). */
export class QuestionIndex {
  readonly #exact = new Set<string>()
  readonly #signatures: { question: string; signature: Uint32Array }[] = []

  /** The earlier question that this one repeats; undefined for a new one, which is then known. */
  add(question: string): string | undefined {
    const words = questionWords(question)
    const key = words.join(" ")
    if (this.#exact.has(key)) return question
    const signature = minHash(new Set([...words, ...words.slice(1).map((word, at) => `${words[at]} ${word}`)]))
    const near = this.#signatures.find((other) => similarity(other.signature, signature) >= threshold)
    if (near) return near.question
    this.#exact.add(key)
    this.#signatures.push({ question, signature })
    return undefined
  }
}

function similarity(one: Uint32Array, other: Uint32Array): number {
  let equal = 0
  for (let at = 0; at < one.length; at++) if (one[at] === other[at]) equal++
  return equal / one.length
}
