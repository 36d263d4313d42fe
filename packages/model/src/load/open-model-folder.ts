import { openModelFolder as openPlatformFolder } from "#platform/model-folder"
import type { ModelFolder } from "./model-folder.ts"

/** The files of a model: a folder on disk in Node, an address served statically in a browser. */
export function openModelFolder(path: string): Promise<ModelFolder> {
  return openPlatformFolder(path)
}
