/** Numbers of pairs of numbers, in typed arrays: a Map of millions of keys takes several times the memory and time. */
export class PairTable {
  #first = new Int32Array(64)
  #second = new Int32Array(64)
  /** The number of the pair, plus 1; 0 for an empty place. */
  #values = new Int32Array(64)
  #count = 0

  /** The number of a pair; a new pair gets `next`. */
  numberOf(first: number, second: number, next: number): number {
    const place = this.#place(first, second)
    const known = this.#values[place]!
    if (known !== 0) return known - 1
    this.#put(place, first, second, next + 1)
    if (++this.#count * 2 > this.#values.length) this.#grow()
    return next
  }

  #place(first: number, second: number): number {
    const mask = this.#values.length - 1
    let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)
    hash ^= hash >>> 15
    let place = hash & mask
    while (this.#values[place] !== 0 && (this.#first[place] !== first || this.#second[place] !== second)) {
      place = (place + 1) & mask
    }
    return place
  }

  #put(place: number, first: number, second: number, value: number): void {
    this.#first[place] = first
    this.#second[place] = second
    this.#values[place] = value
  }

  #grow(): void {
    const [firsts, seconds, values] = [this.#first, this.#second, this.#values]
    this.#first = new Int32Array(values.length * 2)
    this.#second = new Int32Array(values.length * 2)
    this.#values = new Int32Array(values.length * 2)
    for (let i = 0; i < values.length; i++) {
      const [first, second] = [firsts[i]!, seconds[i]!]
      if (values[i] !== 0) this.#put(this.#place(first, second), first, second, values[i]!)
    }
  }
}
