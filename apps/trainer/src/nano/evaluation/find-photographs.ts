import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { AppError } from "@llava/app-common"

/**
 * Pictures of a folder and those inside it, evenly chosen where there are more than `most`. Errors: AppError
 * "photographs-missing".
 */
export async function findPhotographs(folder: string, most: number): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw missing(folder, cause)
  })
  const files = entries
    .filter((entry) => entry.isFile() && /\.(jpe?g|png|webp)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  if (files.length === 0) throw missing(folder)
  const every = Math.max(1, files.length / most)
  return Array.from({ length: Math.min(most, files.length) }, (_, index) => files[Math.floor(index * every)]!)
}

function missing(folder: string, cause?: unknown): AppError {
  return new AppError(`${folder} holds no pictures.`, {
    code: "photographs-missing",
    fix: "Give --photographs a folder of JPEG, PNG or WebP files.",
    cause,
  })
}
