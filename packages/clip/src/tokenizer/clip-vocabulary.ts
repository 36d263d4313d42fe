import { byteToCharacter } from "@llava/core"
import { readMerges } from "./read-merges.ts"

/** CLIP's vocabulary: ids by token name, and the merges, best first. */
export interface ClipVocabulary {
  ids: ReadonlyMap<string, number>
  merges: readonly (readonly [string, string])[]
}

export const startOfText = "<|startoftext|>"
export const endOfText = "<|endoftext|>"
/** The published vocabulary: 512 bytes with and without word end, 48,894 merges, two special tokens. */
const publishedMerges = 48_894

/**
 * The vocabulary that OpenAI's `bpe_simple_vocab_16e6.txt` stands for: its merges up to the published size
 * (the file has more), and ids in the order that `simple_tokenizer.py` builds.
 */
export function clipVocabularyFromMerges(text: string, file: string): ClipVocabulary {
  const merges = readMerges(text, file).slice(0, publishedMerges)
  const bytes = [...byteToCharacter].sort((a, b) => rank(a) - rank(b))
  const names = [
    ...bytes,
    ...bytes.map((character) => `${character}</w>`),
    ...merges.map(([left, right]) => left + right),
    startOfText,
    endOfText,
  ]
  return { ids: new Map(names.map((name, id) => [name, id])), merges }
}

/** Printable characters come first, in byte order; the stand-ins for the others (from U+0100) follow. */
function rank(character: string): number {
  return character.charCodeAt(0)
}
