import { NumberList } from "./number-list.ts"

/** Where a sample stands in which file. */
export interface SampleEntry {
  /** Of the files that were read. */
  readonly file: number
  readonly begin: number
  readonly end: number
  /** From 1. */
  readonly line: number
  readonly sizeHint: number
}

/** The places of all samples, 28 bytes each. */
export class SampleIndex {
  readonly #files = new NumberList((length) => new Uint32Array(length))
  readonly #begins = new NumberList((length) => new Float64Array(length))
  readonly #lengths = new NumberList((length) => new Float64Array(length))
  readonly #lines = new NumberList((length) => new Uint32Array(length))
  readonly #sizes = new NumberList((length) => new Int32Array(length))

  get length(): number {
    return this.#files.length
  }

  add({ file, begin, end, line, sizeHint }: SampleEntry): void {
    this.#files.push(file)
    this.#begins.push(begin)
    this.#lengths.push(end - begin)
    this.#lines.push(line)
    this.#sizes.push(sizeHint)
  }

  entry(index: number): SampleEntry {
    const begin = this.#begins.at(index)
    return {
      file: this.#files.at(index),
      begin,
      end: begin + this.#lengths.at(index),
      line: this.#lines.at(index),
      sizeHint: this.#sizes.at(index),
    }
  }

  sizeHint(index: number): number {
    return this.#sizes.at(index)
  }
}
