import { readdir, readFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { openCheckpoint } from "@llava/checkpoint"
import type { ModelFolder } from "../load/model-folder.ts"
import { ModelError } from "../model-error.ts"

/** A folder on disk. Errors: "folder-missing". */
export async function openModelFolder(path: string): Promise<ModelFolder> {
  const folder = await openIfThere(resolve(path))
  if (folder) return folder
  throw new ModelError(`${path} is no folder.`, { code: "folder-missing", fix: "Check the path of the model." })
}

async function openIfThere(path: string): Promise<ModelFolder | undefined> {
  const files = await readdir(path).catch(() => undefined)
  return (
    files && {
      name: path,
      files: files.sort(),
      read: (file) => readFile(join(path, file)),
      openWeights: () => openCheckpoint(path),
      related: (relative) => openIfThere(resolve(path, relative)),
    }
  )
}
