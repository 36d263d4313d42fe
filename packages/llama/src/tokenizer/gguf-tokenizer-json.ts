import { ggufPreTokenizers } from "./gguf-pre-tokenizers.ts"
import { type GgufTokenizerData, ggufAddedTokens, ggufPieces } from "./gguf-tokenizer-data.ts"
import type { Component } from "./hf-json-schema.ts"
import { preTokenizerPatterns } from "./pre-tokenizer-patterns.ts"
import { sentencePieceMerges } from "./sentencepiece-merges.ts"
import { pieceType } from "./sentencepiece-model.ts"
import { splitMerge } from "./split-merge.ts"

const SPACE = "\u2581"
const byteLevel = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true }

/** The `tokenizer.json` (Hugging Face fast tokenizers) that gives the ids of a GGUF file's tokenizer. */
export function ggufTokenizerJson(
  data: GgufTokenizerData,
  around: { prefix: readonly number[]; suffix: readonly number[] },
  file: string,
): Record<string, unknown> {
  const tokens = data["tokenizer.ggml.tokens"]
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: ggufAddedTokens(data).map(({ id, content, special }) => ({
      ...{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special },
    })),
    ...(data["tokenizer.ggml.model"] === "gpt2" ? byteLevelParts(data, file) : sentencePieceParts(data)),
    post_processor: postProcessor(around.prefix, around.suffix, tokens),
  }
}

function byteLevelParts(data: GgufTokenizerData, file: string) {
  const { patterns, ignoresMerges } = ggufPreTokenizers.get(data["tokenizer.ggml.pre"])!
  const merges = data["tokenizer.ggml.merges"] ?? []
  return {
    normalizer: null,
    pre_tokenizer: preTokenizer(patterns),
    decoder: { ...byteLevel, add_prefix_space: true, use_regex: true },
    model: {
      ...bpe(data["tokenizer.ggml.tokens"]),
      ignore_merges: ignoresMerges,
      merges: merges.map((line, index) => splitMerge(line, index + 1, file)),
    },
  }
}

function preTokenizer(patterns: readonly RegExp[]): Component {
  if (patterns === preTokenizerPatterns.gpt2) return { ...byteLevel, use_regex: true }
  const splits = patterns.map((pattern) => ({
    type: "Split",
    pattern: { Regex: onigurumaSource(pattern) },
    behavior: "Isolated",
    invert: false,
  }))
  return { type: "Sequence", pretokenizers: [...splits, { ...byteLevel, use_regex: false }] }
}

/** Hugging Face's patterns are Oniguruma's, whose `\s` is Unicode's white space. */
function onigurumaSource({ source }: RegExp): string {
  return source.replaceAll("\\p{White_Space}", "\\s").replaceAll("\\P{White_Space}", "\\S").replaceAll("\\/", "/")
}

function sentencePieceParts(data: GgufTokenizerData) {
  const pieces = ggufPieces(data)
  const addsSpace = data["tokenizer.ggml.add_space_prefix"]
  const unknown = pieces[data["tokenizer.ggml.unknown_token_id"] ?? 0]
  const cleans = data["tokenizer.ggml.remove_extra_whitespaces"]
  return {
    normalizer: sequence("normalizers", [
      ...(cleans ? [replace({ Regex: " +" }, " "), replace({ Regex: "\\A | \\z" }, "")] : []),
      ...(addsSpace ? [{ type: "Prepend", prepend: SPACE }] : []),
      replace({ String: " " }, SPACE),
    ]),
    pre_tokenizer: null,
    decoder: sequence("decoders", [
      replace({ String: SPACE }, " "),
      { type: "ByteFallback" },
      { type: "Fuse" },
      ...(addsSpace ? [{ type: "Strip", content: " ", start: 1, stop: 0 }] : []),
    ]),
    model: {
      ...bpe(data["tokenizer.ggml.tokens"]),
      unk_token: unknown?.text ?? null,
      fuse_unk: true,
      byte_fallback: pieces.some(({ type }) => type === pieceType.byte),
      merges: sentencePieceMerges(pieces),
    },
  }
}

const sequence = (key: string, steps: readonly object[]) => ({ type: "Sequence", [key]: steps })
const replace = (pattern: object, content: string) => ({ type: "Replace", pattern, content })

function bpe(tokens: readonly string[]) {
  return {
    type: "BPE",
    dropout: null,
    unk_token: null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: false,
    byte_fallback: false,
    ignore_merges: false,
    vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
  }
}

/** Puts BOS in front and EOS behind, where the file wants them. */
function postProcessor(prefix: readonly number[], suffix: readonly number[], tokens: readonly string[]) {
  if (prefix.length + suffix.length === 0) return null
  const special = (ids: readonly number[], type: number) =>
    ids.map((id) => ({ SpecialToken: { id: tokens[id]!, type_id: type } }))
  const around = (name: "A" | "B", type: number) => [
    ...special(prefix, type),
    { Sequence: { id: name, type_id: type } },
    ...special(suffix, type),
  ]
  const known = [...prefix, ...suffix].map((id) => [tokens[id]!, { id: tokens[id]!, ids: [id], tokens: [tokens[id]!] }])
  return {
    type: "TemplateProcessing",
    single: around("A", 0),
    pair: [...around("A", 0), ...around("B", 1)],
    special_tokens: Object.fromEntries(known),
  }
}
