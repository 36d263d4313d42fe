import { AssembledTokenizer, addedToken } from "@llava/core"

export interface ByteTokenizerOptions {
  /** Special tokens, with ids from 256 on. */
  special?: readonly string[]
  /** As SentencePiece does it: a space in front of every stretch of text, dropped again when decoding. */
  prefixSpace?: boolean
  normalize?: (text: string) => string
  bos?: string
}

/** A tokenizer for tests: every byte of UTF-8 is the token of its own value. */
export function byteTokenizer(options: ByteTokenizerOptions = {}): AssembledTokenizer {
  const { special = ["<s>", "</s>"], prefixSpace = false, normalize, bos = "<s>" } = options
  const bosTokenId = special.includes(bos) ? 256 + special.indexOf(bos) : undefined
  return new AssembledTokenizer({
    tokens: Array.from({ length: 256 }, (_, byte) => `byte ${byte}`),
    encodeText: (text) => [...new TextEncoder().encode(prefixSpace ? ` ${text}` : text)],
    tokenBytes: (id) => Uint8Array.of(id),
    addedTokens: special.map((content, index) => addedToken({ id: 256 + index, content })),
    ...(normalize && { normalize }),
    prefix: bosTokenId === undefined ? [] : [bosTokenId],
    suffix: [],
    bosTokenId,
    stripsLeadingSpace: prefixSpace,
  })
}
