import { existsSync } from "node:fs"
import { readdir } from "node:fs/promises"
import { basename, join, relative, resolve } from "node:path"

export interface FoundFixture {
  folder: string
  /** Its path below the folder that was searched. */
  name: string
}

/**
 * Every folder at or below `root` that has a golden.json, by name; with `named`, names begin with that of `root`. Throws
 * where `root` is no folder.
 */
export async function findFixtures(root: string, { named = false } = {}): Promise<FoundFixture[]> {
  const start = resolve(root)
  if (!existsSync(start)) throw new Error(`There is no folder ${root}.`)
  const found: FoundFixture[] = []
  const pending = [start]
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const entries = await readdir(folder, { withFileTypes: true })
    for (const entry of entries) {
      if (entry.isDirectory() && entry.name !== "node_modules") pending.push(join(folder, entry.name))
      if (entry.name === "golden.json") {
        const below = relative(start, folder)
        found.push({ folder, name: below === "" || named ? join(basename(start), below) : below })
      }
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}
