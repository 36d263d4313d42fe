import {
  type AssembledTokenizer,
  addedToken,
  byteToCharacter,
  type MergeTable,
  mergePairs,
  TokenizerError,
} from "@llava/core"
import { fromByteLevel, toByteLevel } from "./byte-level-text.ts"
import { finishTokenizer } from "./finish-tokenizer.ts"
import { llama3SpecialTokens } from "./llama3-special-tokens.ts"
import { preTokenizerPatterns } from "./pre-tokenizer-patterns.ts"
import { splitByPattern } from "./split-by-pattern.ts"
import type { TokenizerSettings } from "./tokenizer-settings.ts"
import { cached } from "./word-cache.ts"

/** What a rank file does not say. The defaults are Llama 3's. */
export interface TiktokenOptions extends TokenizerSettings {
  file?: string
  /** Cuts text into words. Default: Llama 3's pattern. Must have the flags `g` and `u`. */
  pattern?: RegExp
  /** Names of the special tokens behind the ranks, in order. Default: Llama 3's 256. */
  specialTokens?: readonly string[]
}

/**
 * The tokenizer of a tiktoken rank file (Llama 3 `tokenizer.model`: lines of base64 token and rank).
 * A pair of neighbours merges when the joined bytes are a token, the lowest rank first.
 *
 * @throws TokenizerError naming the line that is wrong.
 */
export function tiktokenTokenizer(bytes: Uint8Array, options: TiktokenOptions = {}): AssembledTokenizer {
  const file = options.file ?? "tokenizer.model"
  const pattern = options.pattern ?? preTokenizerPatterns.llama3[0]!
  const names = readRanks(bytes, file)
  const ids = new Map(names.map((name, id) => [name, id]))
  const table: MergeTable = {
    find: (left, right) => ids.get(names[left]! + names[right]!) ?? -1,
    priority: (rank) => rank,
    result: (rank) => rank,
  }
  const encodeWord = cached((word) => {
    const name = toByteLevel(word)
    const whole = ids.get(name)
    return whole === undefined
      ? mergePairs(
          Array.from(name, (byte) => ids.get(byte)!),
          table,
        )
      : [whole]
  })
  const special = (options.specialTokens ?? llama3SpecialTokens).map((content, i) =>
    addedToken({ id: names.length + i, content }),
  )
  const idOf = (name: string) => special.find((token) => token.content === name)?.id
  const bosTokenId = idOf("<|begin_of_text|>")

  return finishTokenizer(
    {
      tokens: names,
      encodeText: (text) => splitByPattern(text, pattern).flatMap(encodeWord),
      tokenBytes: (id) => fromByteLevel(names[id]!),
      addedTokens: special,
      prefix: bosTokenId === undefined ? [] : [bosTokenId],
      suffix: [],
      bosTokenId,
      eosTokenId: idOf("<|end_of_text|>"),
      stripsLeadingSpace: false,
    },
    options,
    file,
  )
}

/** Token names in the byte alphabet, by rank. */
function readRanks(bytes: Uint8Array, file: string): string[] {
  const names: string[] = []
  const lines = new TextDecoder().decode(bytes).split("\n")
  const malformed = (line: number, what: string) =>
    new TokenizerError(`Line ${line} ${what}.`, {
      code: "malformed-tokenizer-file",
      file,
      fix: 'Every line is "base64-of-the-token rank"; the file is damaged or of another kind.',
    })
  for (const [i, line] of lines.entries()) {
    if (line.trim() === "") continue
    const parts = /^([A-Za-z0-9+/]+={0,2}) (\d+)\r?$/.exec(line)
    if (!parts) throw malformed(i + 1, "is no token and rank")
    const rank = Number(parts[2])
    if (rank !== names.length) throw malformed(i + 1, `has rank ${rank} where ${names.length} is due`)
    const token = decodeBase64(parts[1]!)
    if (token === undefined) throw malformed(i + 1, "is no base64")
    names.push(token)
  }
  const known = new Set(names)
  const missing = Array.from({ length: 256 }, (_, byte) => byte).find((byte) => !known.has(byteToCharacter[byte]!))
  if (missing !== undefined) throw malformed(lines.length, `ends the file, which has no token for byte ${missing}`)
  return names
}

/** Base64 to the byte alphabet. */
function decodeBase64(text: string): string | undefined {
  try {
    return Array.from(atob(text), (latin1) => byteToCharacter[latin1.charCodeAt(0)]!).join("")
  } catch {
    return undefined
  }
}
