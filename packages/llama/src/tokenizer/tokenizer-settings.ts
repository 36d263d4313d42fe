import type { AddedToken } from "@llava/core"

/** What stands beside a vocabulary: `tokenizer_config.json` and its companions. Everything may be missing. */
export interface TokenizerSettings {
  tokenizerClass?: string | undefined
  addBosToken?: boolean | undefined
  addEosToken?: boolean | undefined
  /** SentencePiece: every stretch of text between special tokens begins with a space of its own. Default true. */
  legacy?: boolean | undefined
  /** Byte-level BPE: put a space in front of text that has none. Default false. */
  addPrefixSpace?: boolean | undefined
  bosToken?: string | undefined
  eosToken?: string | undefined
  unkToken?: string | undefined
  padToken?: string | undefined
  /** Tokens with a place of their own; those without an id go behind the vocabulary. */
  addedTokens?: readonly (Partial<AddedToken> & Pick<AddedToken, "content">)[] | undefined
  chatTemplate?: string | undefined
}
