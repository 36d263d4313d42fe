import { DatasetError } from "@llava/core"

/** Where an item of a data file stands: bytes `[begin, end)`, and its first line, from 1. */
export interface ItemRange {
  readonly begin: number
  readonly end: number
  readonly line: number
}

const [newline, quote, comma, backslash] = [0x0a, 0x22, 0x2c, 0x5c]
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d]

/**
 * Finds the items of a JSON array, or the lines of a JSONL file, in bytes that come in pieces: which of the two it is,
 * the first byte tells. Only what separates items is looked at; whether an item is JSON is found when it is parsed.
 */
export class ItemScanner {
  readonly #file: string
  #kind: "unknown" | "array" | "lines" | "ended" = "unknown"
  #position = 0
  #line = 1
  /** First byte of the item in progress that is no white space, or -1. */
  #begin = -1
  #beginLine = 1
  /** Behind its last one. */
  #end = -1
  #depth = 0
  #isString = false
  #isEscaped = false
  #isAfterComma = false
  #items = 0

  constructor(file: string) {
    this.#file = file
  }

  /** Where the item in progress begins: what comes before it is not needed any more. */
  get pending(): number {
    return this.#begin === -1 ? this.#position : this.#begin
  }

  /** The items that end within the next bytes of the file. Errors: DatasetError "file-invalid". */
  *scan(bytes: Uint8Array): Generator<ItemRange> {
    const first = this.#position
    for (let at = this.#position === 0 ? skipMark(bytes) : 0; at < bytes.length; at++) {
      const byte = bytes[at]!
      this.#position = first + at
      if (this.#isString) {
        if (this.#isEscaped) this.#isEscaped = false
        else if (byte === backslash) this.#isEscaped = true
        else if (byte === quote) this.#isString = false
        this.#end = this.#position + 1
        continue
      }
      if (byte <= 0x20) {
        if (byte !== newline) continue
        if (this.#kind === "lines" && this.#begin !== -1) yield this.#take()
        this.#line++
        continue
      }
      if (this.#kind === "array") {
        if (this.#depth === 0 && (byte === comma || byte === closeBracket)) {
          yield* this.#separate(byte)
          continue
        }
        if (byte === quote) this.#isString = true
        else if (byte === openBrace || byte === openBracket) this.#depth++
        else if (byte === closeBrace || byte === closeBracket) this.#depth--
      } else if (this.#kind === "unknown") {
        this.#kind = byte === openBracket ? "array" : "lines"
        if (this.#kind === "array") continue
      } else if (this.#kind === "ended") {
        throw this.#invalid("It goes on after the end of the array")
      }
      if (this.#begin === -1) {
        this.#begin = this.#position
        this.#beginLine = this.#line
      }
      this.#end = this.#position + 1
    }
    this.#position = first + bytes.length
  }

  /** The last item, where no separator follows it. Errors: DatasetError "file-invalid" for an array that does not end. */
  *finish(): Generator<ItemRange> {
    if (this.#kind === "array") {
      const where = this.#begin === -1 ? "" : `, in sample ${this.#items} that begins in line ${this.#beginLine}`
      throw this.#invalid(`The array does not end${where}`)
    }
    if (this.#begin !== -1) yield this.#take()
  }

  *#separate(byte: number): Generator<ItemRange> {
    const isEmptyArray = byte === closeBracket && this.#items === 0 && !this.#isAfterComma
    if (this.#begin !== -1) yield this.#take()
    else if (!isEmptyArray) throw this.#invalid("A comma has no sample beside it")
    this.#isAfterComma = byte === comma
    if (byte === closeBracket) this.#kind = "ended"
  }

  #take(): ItemRange {
    const item = { begin: this.#begin, end: this.#end, line: this.#beginLine }
    this.#begin = -1
    this.#items++
    return item
  }

  #invalid(what: string): DatasetError {
    return new DatasetError(`The file is not JSON: ${what}.`, {
      code: "file-invalid",
      file: this.#file,
      line: this.#line,
      fix: "It may be cut off; fetch it again.",
    })
  }
}

/** Length of the byte-order mark in front. */
const skipMark = (bytes: Uint8Array): number => (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0)
