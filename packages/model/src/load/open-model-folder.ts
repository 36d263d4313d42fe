import { openModelFolder as openPlatformFolder } from "#platform/model-folder"
import type { ModelFolder } from "./model-folder.ts"

export interface OpenModelFolderOptions {
  /** In a browser, in place of the global `fetch`: to send headers along, or to answer from a cache. */
  fetch?: typeof fetch
  /** Ends requests for its files. */
  signal?: AbortSignal
}

/**
 * The files of a model: a folder on disk in Node, an address served statically in a browser. Errors: "folder-missing",
 * "http-failed".
 */
export function openModelFolder(path: string, options: OpenModelFolderOptions = {}): Promise<ModelFolder> {
  return openPlatformFolder(path, options)
}
