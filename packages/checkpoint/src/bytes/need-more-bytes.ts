/** Thrown by a parser to `readPrefix`: at least `length` bytes from the start are needed. Never leaves this package. */
export class NeedMoreBytes extends Error {
  readonly length: number

  constructor(length: number) {
    super(`needs ${length} bytes`)
    this.length = length
  }
}
