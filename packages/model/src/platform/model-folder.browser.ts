import {
  type Checkpoint,
  httpSource,
  openCheckpointSource,
  openSafetensors,
  openSafetensorsIndex,
} from "@llava/checkpoint"
import type { ModelFolder } from "../load/model-folder.ts"
import { ModelError } from "../model-error.ts"

/** What a static server is asked for, since it cannot list a folder. */
const candidates = [
  "config.json",
  "generation_config.json",
  "preprocessor_config.json",
  "processor_config.json",
  "tokenizer.json",
  "tokenizer.model",
  "tokenizer_config.json",
  "special_tokens_map.json",
  "added_tokens.json",
  "chat_template.jinja",
  "chat_template.json",
  "vocab.json",
  "merges.txt",
  "model.safetensors",
  "model.safetensors.index.json",
  "adapter_config.json",
  "adapter_model.safetensors",
]

/** A folder behind an address, served statically. Errors: "folder-missing". */
export async function openModelFolder(address: string): Promise<ModelFolder> {
  const folder = await openIfThere(new URL(address.endsWith("/") ? address : `${address}/`, location.href))
  if (folder) return folder
  throw new ModelError(`${address} has no config.json.`, { code: "folder-missing", fix: "Check the address." })
}

async function openIfThere(base: URL): Promise<ModelFolder | undefined> {
  const found = await Promise.all(
    candidates.map(async (file) => ((await fetch(new URL(file, base), { method: "HEAD" })).ok ? file : undefined)),
  )
  const files = found.filter((file) => file !== undefined)
  if (!files.includes("config.json") && !files.includes("adapter_config.json")) return undefined
  return {
    name: base.href,
    files,
    async read(file) {
      const response = await fetch(new URL(file, base))
      if (response.ok) return new Uint8Array(await response.arrayBuffer())
      throw new ModelError(`${base.href}${file}: the server answered ${response.status}.`, { code: "file-missing" })
    },
    openWeights: async (file) =>
      file === undefined ? openWeights(base, files) : openCheckpointSource(await httpSource(new URL(file, base))),
    related: (path) => openIfThere(new URL(path.endsWith("/") ? path : `${path}/`, base)),
  }
}

async function openWeights(base: URL, files: readonly string[]): Promise<Checkpoint> {
  const source = (file: string) => httpSource(new URL(file, base))
  const index = "model.safetensors.index.json"
  if (files.includes(index)) return openSafetensorsIndex(await source(index), source)
  return openSafetensors(await source("model.safetensors"))
}
