import { type ModelFolder, openModelFolder } from "@llava/model"
import type { FileOptions } from "../open/file-options.ts"

/** A folder on disk. */
export function openFolder(path: string, _options: FileOptions): Promise<ModelFolder> {
  return openModelFolder(path)
}
