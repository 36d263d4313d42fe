import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** The repository's root folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url))

/** What the bootstrap fetched and noted; ignored by git, and may be deleted at any time. */
export const home = join(root, ".llava")

/** @param {string} relative */
export const readManifest = (relative) => JSON.parse(readFileSync(join(root, relative, "package.json"), "utf8"))
