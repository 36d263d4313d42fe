import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { nanoPackage } from "./nano-package.ts"

/** Pictures of nano's world, which come with it, by path. */
export async function nanoSamples(): Promise<string[]> {
  const folder = join(nanoPackage(), "scenes")
  const names = (await readdir(folder)).filter((name) => name.endsWith(".png"))
  return names.sort().map((name) => join(folder, name))
}
