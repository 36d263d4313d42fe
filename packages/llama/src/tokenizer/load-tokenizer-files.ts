import { type AssembledTokenizer, TokenizerError } from "@llava/core"
import { hfTokenizer } from "./hf-tokenizer.ts"
import { readTokenizerSettings } from "./read-tokenizer-settings.ts"
import { sentencePieceTokenizer } from "./sentencepiece-tokenizer.ts"
import { tiktokenTokenizer } from "./tiktoken-tokenizer.ts"
import { vocabAndMergesTokenizer } from "./vocab-and-merges-tokenizer.ts"

/** Files by name, each with a way to read it whole. */
export type TokenizerFiles = ReadonlyMap<string, () => Promise<Uint8Array>>

const settingsFiles = [
  "tokenizer_config.json",
  "special_tokens_map.json",
  "added_tokens.json",
  "chat_template.jinja",
  "chat_template.json",
] as const

/** Names of every file that {@link loadTokenizerFiles} would read: what to download of a model. */
export const tokenizerFileNames: readonly string[] = [
  "tokenizer.json",
  "tokenizer.model",
  "vocab.json",
  "merges.txt",
  ...settingsFiles,
]

/**
 * Opens the tokenizer of a model folder: `tokenizer.json`, else `tokenizer.model` (SentencePiece or tiktoken, by
 * content), else `vocab.json` with `merges.txt`; and beside it the settings and the chat template.
 *
 * @param pathOf What messages call a file; by default its name.
 * @throws TokenizerError `no-tokenizer` naming what was looked for, or what is wrong with a file.
 */
export async function loadTokenizerFiles(
  files: TokenizerFiles,
  pathOf: (name: string) => string = (name) => name,
): Promise<AssembledTokenizer> {
  const readText = async (name: string) => {
    const bytes = await files.get(name)?.()
    return bytes && new TextDecoder().decode(bytes)
  }
  const entries = await Promise.all(settingsFiles.map(async (name) => [name, await readText(name)] as const))
  const settings = readTokenizerSettings(Object.fromEntries(entries), pathOf)

  const json = await readText("tokenizer.json")
  if (json !== undefined) return hfTokenizer(json, { ...settings, file: pathOf("tokenizer.json") })
  const model = await files.get("tokenizer.model")?.()
  if (model) {
    const open = isTiktoken(model) ? tiktokenTokenizer : sentencePieceTokenizer
    return open(model, { ...settings, file: pathOf("tokenizer.model") })
  }
  const [vocab, merges] = await Promise.all([readText("vocab.json"), readText("merges.txt")])
  if (vocab !== undefined && merges !== undefined) return vocabAndMergesTokenizer({ vocab, merges }, settings, pathOf)

  const looked = ["tokenizer.json", "tokenizer.model", "vocab.json"].map(pathOf).join(", ")
  throw new TokenizerError(`There is no tokenizer: looked for ${looked} (with merges.txt).`, {
    code: "no-tokenizer",
    fix: "Add one, or name a tokenizer file (on the command line: --tokenizer FILE).",
  })
}

/** Rank files are text that begins with base64, a space and a number; a protobuf never does. */
function isTiktoken(bytes: Uint8Array): boolean {
  return /^[A-Za-z0-9+/]+={0,2} \d+\r?\n/.test(new TextDecoder("latin1").decode(bytes.subarray(0, 512)))
}
