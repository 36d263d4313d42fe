import { readdir } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"

/** Pictures of nano's world, which come with it, by path. */
export async function nanoSamples(): Promise<string[]> {
  const folder = join(dirname(createRequire(import.meta.url).resolve("@llava/nano/package.json")), "scenes")
  const names = (await readdir(folder)).filter((name) => name.endsWith(".png"))
  return names.sort().map((name) => join(folder, name))
}
