import {
  AssembledTokenizer,
  addedToken,
  byteToCharacter,
  characterToByte,
  type MergeTable,
  mergePairs,
  TokenizerError,
} from "@llava/core"
import { z } from "zod"
import { type ClipVocabulary, clipVocabularyFromMerges, endOfText, startOfText } from "./clip-vocabulary.ts"
import { readMerges } from "./read-merges.ts"

/** CLIP's vocabulary in one of its two forms, as text; a gzipped file goes through {@link gunzipText} first. */
export type ClipTokenizerFiles =
  /** Hugging Face: `vocab.json` and `merges.txt`. */
  | { vocab: string; merges: string }
  /** OpenAI: `bpe_simple_vocab_16e6.txt`. */
  | { simpleVocabulary: string }

const words = /'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\p{White_Space}\p{L}\p{N}]+/gu
const wordEnd = "</w>"
const vocabularySchema = z.record(z.string(), z.number().int().nonnegative())

/**
 * CLIP's tokenizer (Radford et al. 2021): NFC, runs of white space made one space, lower case, then byte-level BPE in
 * which the last piece of a word ends in `</w>`. Ids equal Hugging Face's `CLIPTokenizerFast`.
 * `encode` puts `<|startoftext|>` and `<|endoftext|>` around the text; {@link clipTextInputs} also pads and truncates.
 *
 * @throws TokenizerError naming the file and line that is wrong.
 */
export function clipTokenizer(files: ClipTokenizerFiles): AssembledTokenizer {
  const { ids, merges } = readVocabulary(files)
  const tokens: (string | undefined)[] = []
  for (const [name, id] of ids) {
    while (tokens.length < id) tokens.push(undefined)
    tokens[id] = name
  }
  const start = ids.get(startOfText)
  const end = ids.get(endOfText)
  if (start === undefined || end === undefined) {
    throw new TokenizerError(`It lacks ${startOfText} or ${endOfText}.`, {
      code: "malformed-tokenizer-file",
      file: "vocab.json",
      fix: "Use the vocab.json that belongs to a CLIP model.",
    })
  }
  const encodeWord = wordEncoder({ ids, merges })

  return new AssembledTokenizer({
    tokens,
    normalize: (text) =>
      // Character by character, as Hugging Face does: a final sigma is no special case.
      Array.from(text.normalize("NFC").replace(/\p{White_Space}+/gu, " "), (character) => character.toLowerCase()).join(
        "",
      ),
    encodeText: (text) => (text.match(words) ?? []).flatMap(encodeWord),
    tokenBytes: (id) => pieceBytes(tokens[id]!),
    addedTokens: [addedToken({ id: start, content: startOfText }), addedToken({ id: end, content: endOfText })],
    prefix: [start],
    suffix: [end],
    bosTokenId: start,
    eosTokenId: end,
    padTokenId: end,
    unkTokenId: end,
    stripsLeadingSpace: false,
    trimsDecoded: true,
  })
}

function readVocabulary(files: ClipTokenizerFiles): ClipVocabulary {
  if ("simpleVocabulary" in files) return clipVocabularyFromMerges(files.simpleVocabulary, "bpe_simple_vocab_16e6.txt")
  return { ids: readIds(files.vocab), merges: readMerges(files.merges, "merges.txt") }
}

function readIds(text: string): Map<string, number> {
  try {
    return new Map(Object.entries(vocabularySchema.parse(JSON.parse(text))))
  } catch (cause) {
    throw new TokenizerError("It is no JSON object of tokens and their ids.", {
      code: "malformed-tokenizer-file",
      file: "vocab.json",
      fix: "The file is damaged; download it again.",
      cause,
    })
  }
}

function wordEncoder({ ids, merges }: ClipVocabulary): (word: string) => number[] {
  const size = [...ids.values()].reduce((largest, id) => Math.max(largest, id), 0) + 1
  // Small vocabularies lack bytes that their training text had not; as in Hugging Face tokenizers these are unknown.
  const byteId = (name: string) => ids.get(name) ?? ids.get(endOfText)!
  const byteIds = byteToCharacter.map((character) => byteId(character))
  const lastByteIds = byteToCharacter.map((character) => byteId(character + wordEnd))
  const results = new Int32Array(merges.length)
  const ranks = new Map<number, number>()
  for (const [rank, [left, right]] of merges.entries()) {
    const mergeId = (name: string) => {
      const id = ids.get(name)
      if (id !== undefined) return id
      throw new TokenizerError(`Merge ${rank + 1} needs "${name}", which is no token.`, {
        code: "malformed-tokenizer-file",
        file: "merges.txt",
        fix: "Vocabulary and merges must come from the same CLIP model.",
      })
    }
    ranks.set(mergeId(left) * size + mergeId(right), rank)
    results[rank] = mergeId(left + right)
  }
  const table: MergeTable = {
    find: (left, right) => ranks.get(left * size + right) ?? -1,
    priority: (rank) => rank,
    result: (rank) => results[rank]!,
  }
  const encoder = new TextEncoder()
  return (word) => {
    const bytes = encoder.encode(word)
    const symbols = Array.from(bytes, (byte, i) => (i === bytes.length - 1 ? lastByteIds : byteIds)[byte]!)
    return mergePairs(symbols, table)
  }
}

function pieceBytes(name: string): Uint8Array {
  const isEnd = name.endsWith(wordEnd)
  const bytes = Array.from(
    isEnd ? name.slice(0, -wordEnd.length) : name,
    (character) => characterToByte.get(character) ?? 0x3f,
  )
  return Uint8Array.from(isEnd ? [...bytes, 0x20] : bytes)
}
