import {
  type Checkpoint,
  openCheckpointSource,
  openSafetensorsIndex,
  openTorchIndex,
  urlSource,
} from "@llava/checkpoint"
import { IMAGE_DOMAIN_FILE } from "../domain/image-domain-file.ts"
import type { ModelFolder } from "../load/model-folder.ts"
import type { OpenModelFolderOptions } from "../load/open-model-folder.ts"
import { ModelError } from "../model-error.ts"

/** Weights in the order of preference. */
const weightFiles = [
  "model.safetensors",
  "model.safetensors.index.json",
  "pytorch_model.bin",
  "pytorch_model.bin.index.json",
  "mm_projector.safetensors",
  "mm_projector.bin",
  "adapter_model.safetensors",
  "adapter_model.bin",
]

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
  "adapter_config.json",
  "non_lora_trainables.bin",
  IMAGE_DOMAIN_FILE,
  ...weightFiles,
]

/** What servers answer where there is no file; some storage services do not tell strangers what exists. */
const absent = new Set([403, 404, 410])

/** A folder behind an address, served statically. Errors: "folder-missing", "http-failed". */
export async function openModelFolder(address: string, options: OpenModelFolderOptions): Promise<ModelFolder> {
  const base = folderAddress(address, location.href)
  const folder = await openIfThere(base, options)
  if (folder) return folder
  throw new ModelError(`There is no model at ${base.href}: none of the files of one was found.`, {
    code: "folder-missing",
    fix: "Check the address: config.json is to be directly below it.",
  })
}

async function openIfThere(base: URL, options: OpenModelFolderOptions): Promise<ModelFolder | undefined> {
  const found = await Promise.all(
    candidates.map(async (file) => ((await isThere(new URL(file, base), options)) ? file : undefined)),
  )
  const files = found.filter((file) => file !== undefined)
  if (files.length === 0) return undefined
  const source = (file: string) => urlSource(new URL(file, base), options)
  return {
    name: base.href.replace(/\/$/, ""),
    files,
    read: (file) => readFile(new URL(file, base), options),
    openWeights: async (file) =>
      file === undefined ? openWeights(base, files, source) : openCheckpointSource(await source(file)),
    related: (path) => openIfThere(folderAddress(path, base.href), options),
  }
}

function folderAddress(path: string, base: string): URL {
  const address = new URL(path, base)
  if (!address.pathname.endsWith("/")) address.pathname += "/"
  return address
}

/** A server of a single-page app answers with its page where there is no such file. */
async function isThere(address: URL, options: OpenModelFolderOptions): Promise<boolean> {
  const { ok, status, headers } = await request(address, "HEAD", options)
  if (ok) return !headers.get("content-type")?.startsWith("text/html")
  if (absent.has(status)) return false
  throw refused(address, status)
}

async function readFile(address: URL, options: OpenModelFolderOptions): Promise<Uint8Array> {
  const response = await request(address, "GET", options)
  if (response.ok) return new Uint8Array(await response.arrayBuffer())
  if (!absent.has(response.status)) throw refused(address, response.status)
  throw new ModelError(`${address.href} is not there (status ${response.status}).`, { code: "file-missing" })
}

async function request(address: URL, method: "GET" | "HEAD", options: OpenModelFolderOptions): Promise<Response> {
  const { signal, fetch: send = fetch } = options
  try {
    return await send(address, { method, ...(signal && { signal }) })
  } catch (cause) {
    signal?.throwIfAborted()
    // fetch itself throws nothing else; one that was given may know more.
    if (!(cause instanceof TypeError)) throw cause
    throw new ModelError(`${address.href} could not be reached: ${cause.message}.`, {
      code: "http-failed",
      fix: "Check the connection, and that the server lets pages of this origin read it (CORS).",
      cause,
    })
  }
}

function refused(address: URL, status: number): ModelError {
  return new ModelError(`${address.href}: the server answered ${status}.`, { code: "http-failed" })
}

async function openWeights(
  base: URL,
  files: readonly string[],
  source: (file: string) => ReturnType<typeof urlSource>,
): Promise<Checkpoint> {
  const file = weightFiles.find((name) => files.includes(name))
  if (file === undefined) {
    throw new ModelError(`${base.href} holds no weights: looked for ${weightFiles.join(", ")}.`, {
      code: "file-missing",
    })
  }
  if (file.endsWith(".bin.index.json")) return openTorchIndex(await source(file), source)
  if (file.endsWith(".index.json")) return openSafetensorsIndex(await source(file), source)
  return openCheckpointSource(await source(file))
}
