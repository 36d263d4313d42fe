/** Gives each n-gram a number, so that counting them compares no strings. */
export class NgramIndex {
  readonly #words = new Map<string, number>()
  /** Per order above 1: the number of an n-gram by that of its beginning and that of its last word. */
  readonly #longer: Map<number, number>[] = []
  #size = 0
  readonly order: number

  constructor(order = 4) {
    this.order = order
    for (let n = 2; n <= order; n++) this.#longer.push(new Map())
  }

  /** How many n-grams there are; their numbers are below. */
  get size(): number {
    return this.#size
  }

  /** The numbers of the n-grams of a text, one list for each n from 1 to the order. */
  numbers(words: readonly string[]): Int32Array[] {
    const lists: Int32Array[] = [Int32Array.from(words, (word) => this.#numberOf(this.#words, word))]
    const singles = lists[0]!
    for (const table of this.#longer) {
      const shorter = lists.at(-1)!
      const list = new Int32Array(Math.max(0, shorter.length - 1))
      for (let i = 0; i < list.length; i++) {
        const last = singles[i + lists.length]!
        // Numbers stay below 2^26, so that this is exact.
        list[i] = this.#numberOf(table, shorter[i]! * 2 ** 26 + last)
      }
      lists.push(list)
    }
    return lists
  }

  #numberOf<Key>(table: Map<Key, number>, key: Key): number {
    const known = table.get(key)
    if (known !== undefined) return known
    table.set(key, this.#size)
    return this.#size++
  }
}
