import { TokenizerError } from "@llava/core"
import { bpeWordEncoder } from "./bpe-word-encoder.ts"
import type { HfModel } from "./hf-json-schema.ts"
import { hfLibrary } from "./hf-library.ts"
import { PieceReach } from "./piece-reach.ts"
import { segmentUnigram } from "./segment-unigram.ts"
import { splitMerge } from "./split-merge.ts"

/** The model of a `tokenizer.json`: its token names, and how a word becomes ids. BPE and unigram are ours. */
export function hfWordEncoder(
  model: HfModel,
  file: string,
): { tokens: (string | undefined)[]; unkTokenId: number | undefined; encodeWord(word: string): number[] } {
  if (model.type === "Unigram") return unigram(model)
  const ids = new Map(Object.entries(model.vocab))
  const tokens: (string | undefined)[] = []
  for (const [name, id] of ids) {
    while (tokens.length < id) tokens.push(undefined)
    tokens[id] = name
  }
  const unkTokenId = typeof model.unk_token === "string" ? ids.get(model.unk_token) : undefined
  if (typeof model.unk_token === "string" && model.unk_token !== "" && unkTokenId === undefined) {
    throw new TokenizerError(`Its unknown token "${model.unk_token}" is not in the vocabulary.`, {
      code: "malformed-tokenizer-file",
      file,
      fix: "The file is damaged; download it again.",
    })
  }
  if (model.type === "WordPiece") {
    const library = new hfLibrary.WordPiece(model)
    return { tokens, unkTokenId, encodeWord: (word) => library.encode([word]).map((name) => ids.get(name)!) }
  }
  const encodeWord = bpeWordEncoder(
    {
      ids,
      merges: model.merges.map((merge, i) => (typeof merge === "string" ? splitMerge(merge, i + 1, file) : merge)),
      unkTokenId,
      fuseUnknown: model.fuse_unk ?? false,
      byteFallback: model.byte_fallback ?? false,
      ignoreMerges: model.ignore_merges ?? false,
      continuingSubwordPrefix: model.continuing_subword_prefix ?? undefined,
      endOfWordSuffix: model.end_of_word_suffix ?? undefined,
    },
    file,
  )
  return { tokens, unkTokenId, encodeWord }
}

function unigram(model: Extract<HfModel, { type: "Unigram" }>) {
  const tokens = model.vocab.map(([name]) => name)
  const ids = new Map(tokens.map((name, id) => [name, id]))
  const byText = new Map(model.vocab.map(([name, score], id) => [name, { id, score }]))
  const lowest = model.vocab.reduce((score, entry) => Math.min(score, entry[1]), Number.POSITIVE_INFINITY)
  const unkTokenId = model.unk_id ?? undefined
  const search = {
    byText,
    reach: new PieceReach(tokens),
    unkTokenId: unkTokenId ?? -1,
    unkScore: lowest - 10,
    sums: "float64" as const,
  }
  const encoder = new TextEncoder()
  const bytesOf = (text: string) => {
    if (!model.byte_fallback) return undefined
    const found = Array.from(encoder.encode(text), (byte) =>
      ids.get(`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`),
    )
    return found.every((id) => id !== undefined) ? found : undefined
  }
  const encodeWord = (word: string) => {
    const result: number[] = []
    let unknown = ""
    const flush = () => {
      if (unknown) result.push(...(bytesOf(unknown) ?? (unkTokenId === undefined ? [] : [unkTokenId])))
      unknown = ""
    }
    for (const { id, text } of segmentUnigram(word, search)) {
      if (id === search.unkTokenId) unknown += text
      else {
        flush()
        result.push(id)
      }
    }
    flush()
    return result
  }
  return { tokens, unkTokenId, encodeWord }
}
