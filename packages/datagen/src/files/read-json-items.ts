import { readText } from "./read-text.ts"

export interface JsonItem {
  /** The item's own text; it need not be valid JSON. */
  text: string
  /** The line on which it begins, from 1. */
  line: number
}

/**
 * The items of a file that holds one JSON array, or one JSON value per line (told apart by the first character), as a
 * stream of texts with their lines: a bad item can be named, and those after it still read.
 *
 * Errors: those of `readText`. An array that is never closed ends with an item that is not JSON: the incomplete one, or an
 * empty text. What follows a closed array is an item too.
 */
export async function* readJsonItems(file: string, signal?: AbortSignal): AsyncGenerator<JsonItem> {
  let splitter: ArraySplitter | LineSplitter | undefined
  for await (const piece of readText(file, signal)) {
    splitter ??= /^\s*\[/.test(piece) ? new ArraySplitter() : new LineSplitter()
    yield* splitter.push(piece)
  }
  if (splitter) yield* splitter.end()
}

class LineSplitter {
  #rest = ""
  #line = 1;

  *push(piece: string): Generator<JsonItem> {
    const lines = (this.#rest + piece).split("\n")
    this.#rest = lines.pop()!
    for (const text of lines) {
      const line = this.#line++
      if (text.trim() !== "") yield { text: text.trim(), line }
    }
  }

  *end(): Generator<JsonItem> {
    if (this.#rest.trim() !== "") yield { text: this.#rest.trim(), line: this.#line }
  }
}

/** Follows brackets and strings only, so the items of an array need not be valid. */
class ArraySplitter {
  #depth = 0
  #line = 1
  #isString = false
  #isEscaped = false
  #isClosed = false
  /** Pieces of the item begun, and its first line. */
  #item: string[] = []
  #itemLine: number | undefined;

  *push(piece: string): Generator<JsonItem> {
    let from = 0
    for (let at = 0; at < piece.length; at++) {
      const character = piece.charCodeAt(at)
      if (character === 10) this.#line++
      if (this.#isString) {
        if (this.#isEscaped) this.#isEscaped = false
        else if (character === 92) this.#isEscaped = true
        else if (character === 34) this.#isString = false
        continue
      }
      const isSpace = character <= 32
      const opens = character === 91 || character === 123
      if (this.#depth === 0 && opens && !this.#isClosed) {
        this.#depth = 1
        from = at + 1
        continue
      }
      const separates = this.#depth === 1 && (character === 44 || character === 93)
      if (separates) {
        yield* this.#finish(piece.slice(from, at))
        from = at + 1
        if (character === 93) {
          this.#depth = 0
          this.#isClosed = true
        }
        continue
      }
      if (!isSpace && this.#itemLine === undefined) {
        this.#itemLine = this.#line
        from = at
      }
      if (character === 34) this.#isString = true
      else if (opens) this.#depth++
      else if ((character === 93 || character === 125) && this.#depth > 1) this.#depth--
    }
    if (this.#itemLine !== undefined) this.#item.push(piece.slice(from))
  }

  *#finish(last: string): Generator<JsonItem> {
    const text = (this.#item.join("") + last).trim()
    if (this.#itemLine !== undefined) yield { text, line: this.#itemLine }
    this.#item = []
    this.#itemLine = undefined
  }

  *end(): Generator<JsonItem> {
    const isWhole = this.#depth < 2 && !this.#isString
    yield* this.#finish("")
    if (!this.#isClosed && isWhole) yield { text: "", line: this.#line }
  }
}
