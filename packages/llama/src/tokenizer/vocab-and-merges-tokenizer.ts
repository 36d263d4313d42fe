import { type AssembledTokenizer, TokenizerError } from "@llava/core"
import { z } from "zod"
import { byteLevelEncoder } from "./byte-level-encoder.ts"
import { fromByteLevel } from "./byte-level-text.ts"
import { finishTokenizer } from "./finish-tokenizer.ts"
import { parseJsonFile } from "./parse-json-file.ts"
import { preTokenizerPatterns } from "./pre-tokenizer-patterns.ts"
import { splitMerge } from "./split-merge.ts"
import type { TokenizerSettings } from "./tokenizer-settings.ts"

const vocabulary = z.record(z.string(), z.number().int().nonnegative())

/**
 * Byte-level BPE from `vocab.json` and `merges.txt` (GPT-2; with `tokenizer_class` Qwen2Tokenizer the pattern of Qwen 2
 * and Unicode NFC). A vocabulary of another class cuts text as GPT-2 does.
 *
 * @param pathOf What messages call a file; by default its name.
 * @throws TokenizerError naming the file and line that is wrong, and for CLIP's vocabulary, which is not byte-level.
 */
export function vocabAndMergesTokenizer(
  files: { vocab: string; merges: string },
  settings: TokenizerSettings = {},
  pathOf: (name: string) => string = (name) => name,
): AssembledTokenizer {
  const [vocabFile, mergesFile] = [pathOf("vocab.json"), pathOf("merges.txt")]
  const ids = new Map(Object.entries(parseJsonFile(vocabulary, files.vocab, vocabFile)))
  const lines = files.merges.split(/\r?\n/)
  const merges = lines.flatMap((line, i) =>
    line === "" || (i === 0 && line.startsWith("#version")) ? [] : [splitMerge(line, i + 1, mergesFile)],
  )
  if (merges.some((merge) => merge[1].endsWith("</w>"))) {
    throw new TokenizerError("Its words end in </w>: this is CLIP's vocabulary, not a language model's.", {
      code: "unsupported-tokenizer",
      file: mergesFile,
      fix: "Open it with clipTokenizer of @llava/clip.",
    })
  }
  const isQwen = /^Qwen2/.test(settings.tokenizerClass ?? "")
  const patterns = isQwen ? preTokenizerPatterns.qwen2 : preTokenizerPatterns.gpt2
  const encode = byteLevelEncoder({ ids, merges }, patterns, mergesFile)
  const tokens: (string | undefined)[] = []
  for (const [name, id] of ids) {
    while (tokens.length < id) tokens.push(undefined)
    tokens[id] = name
  }
  const endOfText = ids.get("<|endoftext|>")

  return finishTokenizer(
    {
      tokens,
      encodeText: (text) => encode(settings.addPrefixSpace && !text.startsWith(" ") ? ` ${text}` : text),
      tokenBytes: (id) => fromByteLevel(tokens[id]!),
      addedTokens: [],
      ...(isQwen && { normalize: (text: string) => text.normalize("NFC") }),
      prefix: [],
      suffix: [],
      bosTokenId: endOfText,
      eosTokenId: endOfText,
      stripsLeadingSpace: false,
    },
    { ...settings, addedTokens: settings.addedTokens?.length ? settings.addedTokens : endOfTextToken(endOfText) },
    "vocab.json",
  )
}

function endOfTextToken(id: number | undefined) {
  return id === undefined ? [] : [{ id, content: "<|endoftext|>", special: true }]
}
