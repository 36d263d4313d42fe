import { type Tokenizer, TokenizerError } from "@llava/core"

/** Token ids of several texts, all of one length. */
export interface ClipTextInputs {
  /** [texts, length], row after row. */
  ids: Int32Array
  /** [texts, length]: 1 up to the end of the text, 0 in the padding. */
  attentionMask: Int32Array
  texts: number
  length: number
}

/**
 * Texts as CLIP's text tower takes them: start and end of text around each, cut to `length` with the end kept,
 * padded behind. Published checkpoints of OpenAI were trained with 0 as padding and pool at the end of text, so what
 * the padding holds does not matter to them; default is the tokenizer's padding token, as in Hugging Face.
 *
 * @param options.length Tokens a row, start and end included. Default 77.
 */
export function clipTextInputs(
  tokenizer: Tokenizer,
  texts: readonly string[],
  options: { length?: number; padTokenId?: number } = {},
): ClipTextInputs {
  const { length = 77, padTokenId = tokenizer.padTokenId } = options
  const { eosTokenId } = tokenizer
  if (length < 2 || eosTokenId === undefined || padTokenId === undefined) {
    throw new TokenizerError(
      `Rows of ${length} tokens with end of text ${eosTokenId} and padding ${padTokenId} cannot be made.`,
      {
        code: "invalid-text-inputs",
        fix: "Give at least two tokens a row, and a tokenizer that knows its end of text and padding.",
      },
    )
  }
  const ids = new Int32Array(texts.length * length).fill(padTokenId)
  const attentionMask = new Int32Array(texts.length * length)
  for (const [row, text] of texts.entries()) {
    const encoded = tokenizer.encode(text, { parseSpecialTokens: false })
    const cut = encoded.length > length ? [...encoded.slice(0, length - 1), eosTokenId] : encoded
    ids.set(cut, row * length)
    attentionMask.fill(1, row * length, row * length + cut.length)
  }
  return { ids, attentionMask, texts: texts.length, length }
}
