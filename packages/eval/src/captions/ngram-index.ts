import { PairTable } from "./pair-table.ts"

/** The n-grams of one text as numbers: those of one word, then those of two and so on, one list behind the other. */
export interface Ngrams {
  numbers: Int32Array
  /** Where the list of each n ends. */
  ends: readonly number[]
}

/** Gives each n-gram a number, so that counting them compares no strings. */
export class NgramIndex {
  readonly #words = new Map<string, number>()
  /** Per order above 1: the number of an n-gram by that of its beginning and that of its last word. */
  readonly #longer: PairTable[] = []
  #size = 0

  constructor(order = 4) {
    for (let n = 2; n <= order; n++) this.#longer.push(new PairTable())
  }

  /** How many n-grams there are; their numbers are below. */
  get size(): number {
    return this.#size
  }

  ngrams(words: readonly string[]): Ngrams {
    const orders = this.#longer.length + 1
    const lengths = Array.from({ length: orders }, (_, n) => Math.max(0, words.length - n))
    const numbers = new Int32Array(lengths.reduce((sum, length) => sum + length, 0))
    let end = 0
    const ends = lengths.map((length) => {
      end += length
      return end
    })
    for (const [i, word] of words.entries()) numbers[i] = this.#numberOfWord(word)
    for (let n = 1; n < orders; n++) {
      const start = ends[n - 1]!
      for (let i = 0; i < lengths[n]!; i++) {
        const beginning = numbers[(ends[n - 2] ?? 0) + i]!
        numbers[start + i] = this.#added(this.#longer[n - 1]!.numberOf(beginning, numbers[i + n]!, this.#size))
      }
    }
    return { numbers, ends }
  }

  #numberOfWord(word: string): number {
    const known = this.#words.get(word)
    if (known !== undefined) return known
    this.#words.set(word, this.#size)
    return this.#size++
  }

  /** A number that was not given before is the size. */
  #added(number: number): number {
    if (number === this.#size) this.#size++
    return number
  }
}
