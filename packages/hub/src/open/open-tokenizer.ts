import type { Tokenizer } from "@llava/core"
import { ggufTokenizer, loadTokenizerFiles } from "@llava/llama"
import { openModelFolder } from "@llava/model"
import { openWeightsFile, pathKind, readLocalFile, splitPath } from "#platform/local-files"
import { OpenModelError } from "../open-model-error.ts"

/** Settings beside a tokenizer's file belong to it. */
const settings = /^(tokenizer_config|special_tokens_map|added_tokens|chat_template)\.(json|jinja)$/

/**
 * The tokenizer of a folder, or in a file: `tokenizer.json`, SentencePiece or tiktoken (`*.model`), or GGUF. Errors:
 * "tokenizer-not-found", and those of tokenizer files.
 */
export async function openTokenizer(path: string): Promise<Tokenizer> {
  const kind = await pathKind(path)
  if (kind === undefined) {
    throw new OpenModelError(`There is no tokenizer at ${path}.`, {
      code: "tokenizer-not-found",
      fix: "Give a folder, a tokenizer.json, a tokenizer.model or a .gguf file.",
    })
  }
  if (kind === "folder") return ofFolder(path)
  if (/\.gguf$/i.test(path)) {
    await using checkpoint = await openWeightsFile(path)
    return ggufTokenizer(checkpoint.metadata, path)
  }
  return ofFolder(splitPath(path).folder, path)
}

async function ofFolder(path: string, file?: string): Promise<Tokenizer> {
  const folder = await openModelFolder(path)
  const names = file === undefined ? folder.files : folder.files.filter((name) => settings.test(name))
  const files = new Map<string, () => Promise<Uint8Array>>(names.map((name) => [name, () => folder.read(name)]))
  if (file !== undefined) {
    files.set(nameOf(file), () => readLocalFile(file))
  }
  return loadTokenizerFiles(files, (name) => (file !== undefined && name === nameOf(file) ? file : `${path}/${name}`))
}

/** What the file would be called in a model's folder. */
function nameOf(file: string): "tokenizer.json" | "tokenizer.model" {
  return /\.json$/i.test(file) ? "tokenizer.json" : "tokenizer.model"
}
