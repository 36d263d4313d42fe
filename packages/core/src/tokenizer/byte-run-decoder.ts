import type { ByteFallback } from "./tokenizer.ts"

const replacement = "\uFFFD"

/**
 * Bytes of token after token to text, never half a character. Bytes that are no UTF-8 become U+FFFD: one for each
 * stretch that could have begun a character, or, between tokens of single bytes, as {@link ByteFallback} says.
 */
export class ByteRunDecoder {
  readonly #fallback: ByteFallback | undefined
  readonly #plain = new TextDecoder("utf-8", { ignoreBOM: true })
  readonly #strict = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true })
  /** Of tokens of single bytes, not shown yet. */
  #run: number[] = []

  constructor(fallback: ByteFallback | undefined) {
    this.#fallback = fallback
  }

  /** The text that is certain with these bytes. Leave out `id` for bytes of no token. */
  push(bytes: Uint8Array, id?: number): string {
    if (!this.#fallback) return this.#plain.decode(bytes, { stream: true })
    if (id === undefined || !this.#fallback.isByte(id)) return this.flush() + this.#plain.decode(bytes)
    this.#run.push(...bytes)
    return this.#fallback.broken === "each-byte" ? this.#characters(false) : ""
  }

  /** The text of what was held back. */
  flush(): string {
    if (!this.#fallback) return this.#plain.decode()
    if (this.#fallback.broken === "each-byte") return this.#characters(true)
    const run = this.#run
    this.#run = []
    return this.#decode(run) ?? replacement.repeat(run.length)
  }

  /** Takes characters, and bytes that begin none, off the front of the run. */
  #characters(isOver: boolean): string {
    let text = ""
    while (this.#run.length > 0) {
      const length = characterLength(this.#run[0]!)
      const first = this.#run.slice(0, length)
      if (!isOver && first.length < length && first.slice(1).every(continues)) break
      const character = this.#decode(first)
      text += character ?? replacement
      this.#run = this.#run.slice(character === undefined ? 1 : length)
    }
    return text
  }

  #decode(bytes: readonly number[]): string | undefined {
    try {
      return this.#strict.decode(Uint8Array.from(bytes))
    } catch {
      return undefined
    }
  }
}

/** Bytes of the UTF-8 character that begins with this one. */
function characterLength(lead: number): number {
  if (lead < 0xc0) return 1
  if (lead < 0xe0) return 2
  return lead < 0xf0 ? 3 : 4
}

function continues(byte: number): boolean {
  return (byte & 0xc0) === 0x80
}
