/** Text to token ids and back. Implementations live in `@llava/llama` and `@llava/clip`; anybody may bring another. */
export interface Tokenizer {
  /** Number of ids, added tokens included. */
  readonly vocabSize: number
  readonly bosTokenId: number | undefined
  readonly eosTokenId: number | undefined
  readonly padTokenId: number | undefined
  readonly unkTokenId: number | undefined
  /** The Jinja chat template that came with the tokenizer, if any. */
  readonly chatTemplate: string | undefined
  /** Whether decoding drops the one space that encoding puts in front (SentencePiece `add_dummy_prefix`). */
  readonly stripsLeadingSpace: boolean
  /** Absent where no token stands for a single byte in a vocabulary of characters. */
  readonly byteFallback?: ByteFallback | undefined

  encode(text: string, options?: EncodeOptions): number[]
  /**
   * Ids to text. Bytes that are no UTF-8 become U+FFFD; special tokens are skipped unless `skipSpecialTokens` is
   * false; ids beyond the vocabulary (embeddings are often padded) add nothing.
   */
  decode(ids: readonly number[], options?: { skipSpecialTokens?: boolean }): string
  /** The id of one token by its exact name (`"<image>"`, `"</s>"`). */
  tokenId(token: string): number | undefined
  /** The bytes that one id adds to the text; empty for special tokens. What streaming is made of. */
  tokenBytes(id: number): Uint8Array
  isSpecial(id: number): boolean
}

/** Tokens such as `<0xE7>`, which spell what a vocabulary of characters lacks (SentencePiece `byte_fallback`). */
export interface ByteFallback {
  isByte(id: number): boolean
  /**
   * What U+FFFD stands for where such tokens are no UTF-8: `each-byte` that belongs to no character, as in SentencePiece;
   * each byte of a `whole-run` of such tokens in which anything is wrong, as in Hugging Face tokenizers.
   */
  broken: "each-byte" | "whole-run"
}

export interface EncodeOptions {
  /** Add BOS (and whatever else the tokenizer adds by itself). Default true. */
  addSpecialTokens?: boolean
  /** Recognise the names of special tokens inside the text. Default true; false for text that users typed. */
  parseSpecialTokens?: boolean
}
