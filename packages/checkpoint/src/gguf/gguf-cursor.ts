import { NeedMoreBytes } from "../bytes/need-more-bytes.ts"
import { GgufProblem } from "./gguf-problem.ts"

/**
 * Reads GGUF fields from a prefix of the file, front to back. Counts and lengths are held against the size of the whole
 * file before anything is allocated for them; `NeedMoreBytes` is thrown where the prefix ends.
 */
export class GgufCursor {
  at = 0
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #fileSize: number

  constructor(bytes: Uint8Array, fileSize: number) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#fileSize = fileSize
  }

  /** Moves past `length` bytes and returns where they begin. */
  #take(length: number): number {
    const begin = this.at
    if (begin + length > this.#bytes.length) throw new NeedMoreBytes(begin + length)
    this.at = begin + length
    return begin
  }

  /** A count of things that take at least `leastBytes` each in what is left of the file. */
  count(what: string, leastBytes: number): number {
    const count = this.#view.getBigUint64(this.#take(8), true)
    if (count * BigInt(leastBytes) > BigInt(this.#fileSize - this.at))
      throw new GgufProblem(`it claims ${count} ${what}, more than the file has room for`)
    return Number(count)
  }

  uint8 = (): number => this.#view.getUint8(this.#take(1))
  int8 = (): number => this.#view.getInt8(this.#take(1))
  uint16 = (): number => this.#view.getUint16(this.#take(2), true)
  int16 = (): number => this.#view.getInt16(this.#take(2), true)
  uint32 = (): number => this.#view.getUint32(this.#take(4), true)
  int32 = (): number => this.#view.getInt32(this.#take(4), true)
  float32 = (): number => this.#view.getFloat32(this.#take(4), true)
  float64 = (): number => this.#view.getFloat64(this.#take(8), true)
  uint64 = (): bigint => this.#view.getBigUint64(this.#take(8), true)
  int64 = (): bigint => this.#view.getBigInt64(this.#take(8), true)

  bool = (): boolean => {
    const value = this.uint8()
    if (value > 1) throw new GgufProblem(`a truth value of ${value}`)
    return value === 1
  }

  /** Bytes that are not UTF-8 (single bytes of a vocabulary) become U+FFFD. */
  string = (): string => {
    const length = this.count("bytes of text", 1)
    const begin = this.#take(length)
    return new TextDecoder().decode(this.#bytes.subarray(begin, begin + length))
  }

  /** A copy, so that it can be viewed as any type. */
  copy(length: number): ArrayBuffer {
    const begin = this.#take(length)
    return this.#bytes.slice(begin, begin + length).buffer
  }
}
