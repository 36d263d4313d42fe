import { type Checkpoint, openCheckpointSource, urlSource } from "@llava/checkpoint"
import type { FileOptions } from "../open/file-options.ts"
import { OpenModelError } from "../open-model-error.ts"
import { cachingFetch } from "./caching-fetch.browser.ts"

/** In a browser paths are addresses; those that begin with a scheme, a slash or a dot are taken to exist. */
export async function pathKind(path: string): Promise<"folder" | "file" | undefined> {
  if (!/^(https?:\/\/|\/|\.\.?\/)/.test(path)) return undefined
  return /\.(gguf|safetensors|bin|pth?|json|model)$/i.test(new URL(path, location.href).pathname) ? "file" : "folder"
}

export async function openWeightsFile(path: string, options: FileOptions = {}): Promise<Checkpoint> {
  return openCheckpointSource(await urlSource(new URL(path, location.href), { fetch: await cachingFetch(options) }))
}

export async function readLocalFile(path: string): Promise<Uint8Array> {
  const response = await fetch(new URL(path, location.href))
  if (response.ok) return new Uint8Array(await response.arrayBuffer())
  throw new OpenModelError(`${path}: the server answered ${response.status}.`, { code: "file-missing" })
}

/** An address as the folder it is in and its name there. */
export function splitPath(path: string): { folder: string; name: string } {
  const { href } = new URL(path, location.href)
  const slash = href.lastIndexOf("/")
  return { folder: href.slice(0, slash), name: decodeURIComponent(href.slice(slash + 1)) }
}
