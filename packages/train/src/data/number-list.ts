type NumberArray = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>

/** Numbers that grow in number, at their bare size: an index of millions of samples stays small. */
export class NumberList<Numbers extends NumberArray> {
  readonly #make: (length: number) => Numbers
  #numbers: Numbers
  #length = 0

  constructor(make: (length: number) => Numbers) {
    this.#make = make
    this.#numbers = make(1024)
  }

  get length(): number {
    return this.#length
  }

  at(index: number): number {
    return this.#numbers[index]!
  }

  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = this.#make(this.#length * 2)
      larger.set(this.#numbers)
      this.#numbers = larger
    }
    this.#numbers[this.#length++] = number
  }
}
