import { readdir, readFile, stat } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import type { Tokenizer } from "@llava/core"
import { loadTokenizerFiles, tokenizerFileNames } from "@llava/llama"

/** Opens the tokenizer of a folder, or one file (`tokenizer.model`, `tokenizer.json`) with the settings beside it. */
export async function loadTokenizer(path: string): Promise<Tokenizer> {
  const isFolder = (await stat(path)).isDirectory()
  const folder = isFolder ? path : dirname(path)
  const names = await readdir(folder)
  const files = new Map(names.map((name) => [name, () => readFile(join(folder, name))]))
  if (!isFolder) {
    // The file that is named, whatever else could be a vocabulary beside it.
    for (const name of ["tokenizer.json", "tokenizer.model", "vocab.json"]) files.delete(name)
    const file = basename(path)
    const known = tokenizerFileNames.includes(file)
      ? file
      : file.endsWith(".json")
        ? "tokenizer.json"
        : "tokenizer.model"
    files.set(known, () => readFile(path))
  }
  return loadTokenizerFiles(files)
}
