/**
 * Random choices that depend on a seed and a label alone. Streams of different labels are independent, so that a change
 * in how questions are drawn leaves the pictures as they are. The generator is sfc32 (PractRand, C. Doty-Humphrey).
 */
export class SeededRandom {
  #a: number
  #b: number
  #c: number
  #counter = 1

  /** @param seed a whole number from 0 to 2^53 - 1 */
  constructor(seed: number, label = "") {
    let hash = 0x811c9dc5
    for (let at = 0; at < label.length; at++) hash = Math.imul(hash ^ label.charCodeAt(at), 0x01000193)
    this.#a = seed >>> 0
    this.#b = Math.floor(seed / 2 ** 32) >>> 0
    this.#c = hash >>> 0
    for (let round = 0; round < 15; round++) this.#next32()
  }

  #next32(): number {
    const result = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + result
    return result >>> 0
  }

  /** From 0 to below 1. */
  next(): number {
    return this.#next32() / 2 ** 32
  }

  /** A whole number from `minimum` to `maximum`, both possible. */
  whole(minimum: number, maximum: number): number {
    return minimum + Math.floor(this.next() * (maximum - minimum + 1))
  }

  between(minimum: number, maximum: number): number {
    return minimum + this.next() * (maximum - minimum)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** One of them; they must not be empty. */
  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.next() * items.length)]!
  }

  /** A copy in random order (Fisher-Yates). */
  shuffle<Item>(items: readonly Item[]): Item[] {
    const shuffled = [...items]
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = Math.floor(this.next() * (last + 1))
      const kept = shuffled[last]!
      shuffled[last] = shuffled[other]!
      shuffled[other] = kept
    }
    return shuffled
  }
}
