/** A token that is recognised by its name in the text, before the tokenizer's own algorithm runs. */
export interface AddedToken {
  id: number
  content: string
  /** Skipped when decoding, and recognised in text only with `parseSpecialTokens`. */
  special: boolean
  /** Swallow white space to the left, to the right. */
  stripLeft: boolean
  stripRight: boolean
  /** Recognise it only where no word character touches it. */
  singleWord: boolean
  /** Look for it in the normalised text instead of the raw one. */
  normalized: boolean
}

/** An added token with the flags that most have. */
export function addedToken(token: Pick<AddedToken, "id" | "content"> & Partial<AddedToken>): AddedToken {
  return { special: true, stripLeft: false, stripRight: false, singleWord: false, normalized: false, ...token }
}
