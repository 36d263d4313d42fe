import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import type { FoundFixture } from "./find-fixtures.ts"

interface Golden {
  kind: string
  needs: Record<string, string | string[]>
  [key: string]: unknown
}

/** A copy to damage, removed when disposed. What the fixture needs besides stays where it is. */
export interface FixtureCopy extends FoundFixture, AsyncDisposable {}

/** Copies the files of a fixture, with a change to its golden.json. */
export async function copyFixture(folder: string, change: (golden: Golden) => void = () => {}): Promise<FixtureCopy> {
  const copy = await mkdtemp(join(tmpdir(), "llava-parity-"))
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isFile()) await copyFile(join(folder, entry.name), join(copy, entry.name))
  }
  const golden: Golden = JSON.parse(await readFile(join(folder, "golden.json"), "utf8"))
  const absolute = (path: string) => resolve(folder, path)
  for (const [name, path] of Object.entries(golden.needs)) {
    golden.needs[name] = typeof path === "string" ? absolute(path) : path.map(absolute)
  }
  change(golden)
  await writeFile(join(copy, "golden.json"), JSON.stringify(golden))
  return {
    folder: copy,
    name: "copy",
    [Symbol.asyncDispose]: () => rm(copy, { recursive: true, force: true }),
  }
}
