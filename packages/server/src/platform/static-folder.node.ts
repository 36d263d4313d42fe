import { readdirSync, statSync } from "node:fs"
import { readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import type { StaticFolder } from "../page/static-folder.ts"

/** Lists a folder once; contents are read when asked for. Hidden files and links are left out. */
export function openStaticFolder(folder: string): StaticFolder {
  const files = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const name = path.slice(join(folder, "x").length - 1).replaceAll("\\", "/")
    if (!name.split("/").some((part) => part.startsWith("."))) files.set(name, path)
  }
  if (!files.has("index.html")) {
    throw new Error(`${folder} has no index.html${statSync(folder).isDirectory() ? "" : ": it is no folder"}.`)
  }
  return {
    names: [...files.keys()],
    async read(name) {
      const path = files.get(name)!
      const { mtimeMs } = await stat(path)
      return { bytes: new Uint8Array(await readFile(path)), version: `${Math.floor(mtimeMs)}` }
    },
  }
}
