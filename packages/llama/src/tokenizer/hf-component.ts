import { TokenizerError } from "@llava/core"
import type { Component } from "./hf-json-schema.ts"
import { type HfComponents, hfLibrary } from "./hf-library.ts"

/**
 * Builds one normaliser, pre-tokenizer or post-processor with @huggingface/tokenizers.
 * @throws TokenizerError naming a type that the library does not know.
 */
export function hfComponent<K extends keyof HfComponents>(kind: K, config: Component, file: string): HfComponents[K] {
  const empty = { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null, added_tokens: [] }
  try {
    const host = new hfLibrary.Tokenizer(
      { ...empty, [kind]: config, model: { type: "WordPiece", vocab: {}, unk_token: "" } },
      {},
    )
    return host[kind]
  } catch (cause) {
    throw new TokenizerError(`Its ${kind} of type "${config.type}" cannot be built.`, {
      code: "unsupported-tokenizer",
      file,
      fix: cause instanceof Error ? `The library says: ${cause.message}` : "It is of an unknown kind.",
      cause,
    })
  }
}
