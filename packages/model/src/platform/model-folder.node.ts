import { readdir, readFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { openCheckpoint } from "@llava/checkpoint"
import type { ModelFolder } from "../load/model-folder.ts"
import type { OpenModelFolderOptions } from "../load/open-model-folder.ts"
import { ModelError } from "../model-error.ts"

/** What the original LLaVA's first stage of training writes instead of a whole model. */
const projectorFiles = ["mm_projector.safetensors", "mm_projector.bin"]

/** A folder on disk. Errors: "folder-missing". */
export async function openModelFolder(path: string, _options: OpenModelFolderOptions): Promise<ModelFolder> {
  const folder = await openIfThere(resolve(path))
  if (folder) return folder
  throw new ModelError(`${path} is no folder.`, { code: "folder-missing", fix: "Check the path of the model." })
}

async function openIfThere(path: string): Promise<ModelFolder | undefined> {
  const files = await readdir(path).catch(() => undefined)
  if (!files) return undefined
  return {
    name: path,
    files: files.sort(),
    read: (file) => readFile(join(path, file)),
    openWeights: (file) => openCheckpoint(file === undefined ? weightsLocation(path, files) : join(path, file)),
    related: (relative) => openIfThere(resolve(path, relative)),
  }
}

function weightsLocation(path: string, files: readonly string[]): string {
  const whole = files.some((file) => /^(model|pytorch_model).*\.(safetensors|bin)$|\.gguf$/.test(file))
  const projector = projectorFiles.find((file) => files.includes(file))
  return projector && !whole ? join(path, projector) : path
}
