/** A set of whole numbers below a bound, one bit each. */
export class BitSet {
  readonly #bytes: Uint8Array
  #size = 0

  constructor(bound: number) {
    this.#bytes = new Uint8Array(Math.ceil(bound / 8))
  }

  get size(): number {
    return this.#size
  }

  has(value: number): boolean {
    return (this.#bytes[value >> 3]! & (1 << (value & 7))) !== 0
  }

  add(value: number): void {
    if (this.has(value)) return
    this.#bytes[value >> 3]! |= 1 << (value & 7)
    this.#size++
  }
}
