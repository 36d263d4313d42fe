import { createRequire } from "node:module"
import { dirname, join } from "node:path"

/** The model in the package @llava/nano, where that is installed; undefined where it is not. */
export function nanoFolder(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("@llava/nano/package.json")), "model")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined
    throw error
  }
}
