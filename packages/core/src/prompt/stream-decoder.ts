import type { Tokenizer } from "../tokenizer/tokenizer.ts"

/**
 * Text from token ids as they come, never half a character: bytes wait until their character is complete. Special
 * tokens add nothing, and the space that SentencePiece puts before the first word is dropped. The pieces together are
 * `tokenizer.decode(ids, { skipSpecialTokens: true })`.
 */
export class StreamDecoder {
  readonly #tokenizer: Tokenizer
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true })
  #isFirst = true

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer
  }

  /** The text that this token completes; empty while a character is incomplete. */
  push(id: number): string {
    if (this.#tokenizer.isSpecial(id)) return ""
    const bytes = this.#tokenizer.tokenBytes(id)
    if (bytes.length === 0) return ""
    const dropsSpace = this.#isFirst && this.#tokenizer.stripsLeadingSpace && bytes[0] === 0x20
    this.#isFirst = false
    return this.#decoder.decode(dropsSpace ? bytes.subarray(1) : bytes, { stream: true })
  }

  /** The stream is over: an incomplete character, if there is one, becomes U+FFFD. */
  flush(): string {
    return this.#decoder.decode()
  }
}
