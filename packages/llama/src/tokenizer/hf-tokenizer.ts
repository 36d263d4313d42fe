import { type AssembledTokenizer, addedToken, TokenizerError } from "@llava/core"
import { finishTokenizer } from "./finish-tokenizer.ts"
import { hfComponent } from "./hf-component.ts"
import { hfDecoder } from "./hf-decoder.ts"
import { type Component, hfTokenizerJson } from "./hf-json-schema.ts"
import { hfNormalizer } from "./hf-normalizer.ts"
import { hfPreTokenizer } from "./hf-pre-tokenizer.ts"
import { hfWordEncoder } from "./hf-word-encoder.ts"
import { parseJsonFile } from "./parse-json-file.ts"
import type { TokenizerSettings } from "./tokenizer-settings.ts"

/**
 * The tokenizer of a `tokenizer.json` (Hugging Face fast tokenizers): BPE, unigram or WordPiece.
 * Ids equal those of the Rust library; decoding works token by token, so clean-up of spaces is left out.
 *
 * @param text Content of the file.
 * @param settings What `tokenizer_config.json` says ({@link readTokenizerSettings}). `add_bos_token` and
 *   `add_eos_token` win over the post-processor where they are stated.
 * @throws TokenizerError when the file is damaged or uses something unknown.
 */
export function hfTokenizer(text: string, settings: TokenizerSettings & { file?: string } = {}): AssembledTokenizer {
  const file = settings.file ?? "tokenizer.json"
  const json = parseJsonFile(hfTokenizerJson, text, file)
  const { tokens, unkTokenId, encodeWord } = hfWordEncoder(json.model, file)
  const preTokenize = json.pre_tokenizer ? hfPreTokenizer(json.pre_tokenizer, file) : undefined
  const suffix = json.model.type === "BPE" ? (json.model.end_of_word_suffix ?? undefined) : undefined
  const decoder = hfDecoder(json.decoder ?? null, suffix, file)
  const added = (json.added_tokens ?? []).map((token) =>
    addedToken({
      id: token.id,
      content: token.content,
      special: token.special,
      stripLeft: token.lstrip,
      stripRight: token.rstrip,
      singleWord: token.single_word,
      normalized: token.normalized ?? !token.special,
    }),
  )
  const ids = new Map(tokens.map((name, id) => [name, id]))
  for (const token of added) ids.set(token.content, token.id)

  return finishTokenizer(
    {
      tokens,
      encodeText: (part, isStart) => (preTokenize?.(part, isStart) ?? [part]).flatMap((word) => encodeWord(word)),
      tokenBytes: (id) => decoder.tokenBytes(tokens[id]!),
      ...(decoder.isByte && {
        byteFallback: { broken: "whole-run", isByte: (id) => decoder.isByte!(tokens[id] ?? "") },
      }),
      addedTokens: added,
      ...(json.normalizer && { normalize: hfNormalizer(json.normalizer, file) }),
      ...surroundings(json.post_processor ?? null, ids, file),
      unkTokenId,
      stripsLeadingSpace: decoder.stripsLeadingSpace,
      trimsDecoded: decoder.trimsDecoded,
    },
    settings,
    file,
  )
}

/** What the post-processor puts before and behind a text, found by letting it process a stand-in. */
function surroundings(config: Component | null, ids: ReadonlyMap<string | undefined, number>, file: string) {
  const text = "\u0000text"
  const names = config
    ? (hfComponent("post_processor", config, file)?.post_process([text], null, true).tokens ?? [text])
    : [text]
  const found = names.map((name) => {
    const id = name === text ? -1 : ids.get(name)
    if (id !== undefined) return id
    throw new TokenizerError(`Its post-processor adds "${name}", which is no token.`, {
      code: "malformed-tokenizer-file",
      file,
      fix: "The file is damaged; download it again.",
    })
  })
  const place = found.indexOf(-1)
  return { prefix: found.slice(0, place), suffix: found.slice(place + 1) }
}
