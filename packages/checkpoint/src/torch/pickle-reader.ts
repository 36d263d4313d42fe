import { NeedMoreBytes } from "../bytes/need-more-bytes.ts"
import { PickleProblem } from "./pickle-problem.ts"

/** No number of a checkpoint needs more digits; parsing longer ones takes quadratic time. */
const longestNumber = 1024

/** The arguments of pickle opcodes, read from front to back. Throws `NeedMoreBytes` at the end of the bytes. */
export class PickleReader {
  at: number
  readonly #bytes: Uint8Array
  readonly #view: DataView

  constructor(bytes: Uint8Array, begin: number) {
    this.at = begin
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Moves past `length` bytes and returns where they begin. */
  #take(length: number): number {
    const begin = this.at
    if (begin + length > this.#bytes.length) throw new NeedMoreBytes(begin + length)
    this.at = begin + length
    return begin
  }

  skip(length: number): void {
    this.#take(length)
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1))
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), true)
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), true)
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true)
  }

  uint64(): number {
    const value = Number(this.#view.getBigUint64(this.#take(8), true))
    if (!Number.isSafeInteger(value)) throw new PickleProblem(`a length of ${value}`)
    return value
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8), false)
  }

  bytes(length: number): Uint8Array {
    const begin = this.#take(length)
    return this.#bytes.slice(begin, begin + length)
  }

  text(length: number): string {
    const begin = this.#take(length)
    return new TextDecoder().decode(this.#bytes.subarray(begin, begin + length))
  }

  latin1(length: number): string {
    const begin = this.#take(length)
    return Array.from(this.#bytes.subarray(begin, begin + length), (byte) => String.fromCharCode(byte)).join("")
  }

  /** Up to the next line feed, which is skipped. */
  line(): string {
    const end = this.#bytes.indexOf(10, this.at)
    if (end < 0) throw new NeedMoreBytes(this.#bytes.length + 1)
    const text = this.text(end - this.at)
    this.at++
    return text
  }

  /** A little-endian two's complement number of `length` bytes. */
  long(length: number): number | bigint {
    if (length > longestNumber) throw new PickleProblem(`a number of ${length} bytes`)
    let value = 0n
    for (const byte of this.bytes(length).reverse()) value = (value << 8n) | BigInt(byte)
    return narrow(BigInt.asIntN(length * 8, value))
  }

  /** A line of decimal digits, with the `L` of old Pythons. */
  decimal(): number | bigint {
    const text = this.line().replace(/L$/, "")
    if (text.length > longestNumber || !/^[+-]?\d+$/.test(text)) throw new PickleProblem("a number is not one")
    return narrow(BigInt(text.replace(/^\+/, "")))
  }
}

function narrow(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
