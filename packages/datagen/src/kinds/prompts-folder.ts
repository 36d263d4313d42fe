import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { DatagenError } from "../datagen-error.ts"

/** The folder of the kinds that come with the package, from its sources and from its build alike. */
export function promptsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (let parent = dirname(folder); parent !== folder; folder = parent, parent = dirname(folder)) {
    const found = join(folder, "prompts")
    if (existsSync(join(found, "conversation/system.txt"))) return found
  }
  throw new DatagenError("The package's folder prompts is not there.", {
    code: "package-incomplete",
    fix: "Install @llava/datagen again.",
  })
}
