import { type AssembledTokenizer, TokenizerError } from "@llava/core"
import { clipTokenizer } from "./clip-tokenizer.ts"
import { gunzipText } from "./gunzip-text.ts"
import { readClipTokenizerJson } from "./read-clip-tokenizer-json.ts"

/** Files by name, each with a way to read it whole. */
export type ClipFiles = ReadonlyMap<string, () => Promise<Uint8Array>>

/**
 * Opens the tokenizer of a CLIP folder: `vocab.json` with `merges.txt`, else `tokenizer.json`, else
 * `bpe_simple_vocab_16e6.txt`, plain or gzipped.
 *
 * @throws TokenizerError `no-tokenizer` naming what was looked for.
 */
export async function loadClipTokenizerFiles(files: ClipFiles): Promise<AssembledTokenizer> {
  const readText = async (name: string) => {
    const bytes = await files.get(name)?.()
    return bytes && new TextDecoder().decode(bytes)
  }
  const [vocab, merges] = await Promise.all([readText("vocab.json"), readText("merges.txt")])
  if (vocab !== undefined && merges !== undefined) return clipTokenizer({ vocab, merges })
  const json = await readText("tokenizer.json")
  if (json !== undefined) return clipTokenizer(readClipTokenizerJson(json))
  const simpleVocabulary = await readText("bpe_simple_vocab_16e6.txt")
  if (simpleVocabulary !== undefined) return clipTokenizer({ simpleVocabulary })
  const gzipped = await files.get("bpe_simple_vocab_16e6.txt.gz")?.()
  if (gzipped) {
    return clipTokenizer({
      simpleVocabulary: await gunzipText(new Uint8Array(gzipped), "bpe_simple_vocab_16e6.txt.gz"),
    })
  }
  throw new TokenizerError(
    `There is no CLIP tokenizer among these files: ${[...files.keys()].join(", ") || "nothing"}.`,
    {
      code: "no-tokenizer",
      fix: "Looked for vocab.json with merges.txt, tokenizer.json, bpe_simple_vocab_16e6.txt and bpe_simple_vocab_16e6.txt.gz; add one.",
    },
  )
}
