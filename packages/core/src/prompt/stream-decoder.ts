import { ByteRunDecoder } from "../tokenizer/byte-run-decoder.ts"
import type { Tokenizer } from "../tokenizer/tokenizer.ts"

/**
 * Text from token ids as they come, never half a character: bytes wait until their character is complete. Special
 * tokens add nothing, and the space that SentencePiece puts before the first word is dropped. The pieces together are
 * `tokenizer.decode(ids, { skipSpecialTokens: true })`.
 */
export class StreamDecoder {
  readonly #tokenizer: Tokenizer
  readonly #decoder: ByteRunDecoder
  #isFirst = true

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer
    this.#decoder = new ByteRunDecoder(tokenizer.byteFallback)
  }

  /** The text that this token completes; empty while a character is incomplete. */
  push(id: number): string {
    if (this.#tokenizer.isSpecial(id)) return ""
    const bytes = this.#tokenizer.tokenBytes(id)
    if (bytes.length === 0) return ""
    const dropsSpace = this.#isFirst && this.#tokenizer.stripsLeadingSpace && bytes[0] === 0x20
    this.#isFirst = false
    return this.#decoder.push(dropsSpace ? bytes.subarray(1) : bytes, id)
  }

  /** The stream is over: what was held back is shown, U+FFFD for an incomplete character. */
  flush(): string {
    return this.#decoder.flush()
  }
}
