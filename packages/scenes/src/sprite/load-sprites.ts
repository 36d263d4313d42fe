import { mkdir, readFile, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { findKind } from "../kinds/find-kind.ts"
import type { World } from "../world/world.ts"
import { masterSize, rasterizeIcon } from "./rasterize-icon.ts"
import { iconsVersion, readIcons } from "./read-icons.ts"
import type { Sprite } from "./sprite.ts"
import { Sprites } from "./sprites.ts"

export interface LoadSpritesOptions {
  /** A folder for the rasterised emoji, so that the next start need not read all of Noto. */
  cacheFolder?: string | undefined
  signal?: AbortSignal | undefined
}

/**
 * The emoji of a world's kinds.
 *
 * @throws ScenesError `unknown-kind`, `icons-missing`
 */
export async function loadSprites(world: World, { cacheFolder, signal }: LoadSpritesOptions = {}): Promise<Sprites> {
  const folder = cacheFolder === undefined ? undefined : join(cacheFolder, `noto-${await iconsVersion()}`)
  const icons = world.kinds.map((name) => findKind(name).icon)
  const sprites = new Map<string, Sprite>()
  if (folder !== undefined) {
    for (const icon of icons) {
      const cached = await readCached(join(folder, `${icon}.rgba`))
      if (cached) sprites.set(icon, cached)
    }
  }
  const missing = icons.filter((icon) => !sprites.has(icon))
  const documents = missing.length > 0 ? await readIcons(missing) : new Map<string, string>()
  for (const [icon, svg] of documents) {
    signal?.throwIfAborted()
    const sprite = await rasterizeIcon(svg)
    sprites.set(icon, sprite)
    if (folder !== undefined) await writeCached(folder, icon, sprite)
  }
  return new Sprites(new Map(world.kinds.map((name) => [name, sprites.get(findKind(name).icon)!])))
}

async function readCached(path: string): Promise<Sprite | undefined> {
  const data = await readFile(path).catch(() => undefined)
  if (data?.length !== masterSize * masterSize * 4) return undefined
  return { width: masterSize, height: masterSize, data: new Uint8Array(data) }
}

/** Beside its place first: other processes may read and write the same folder. */
async function writeCached(folder: string, icon: string, { data }: Sprite): Promise<void> {
  await mkdir(folder, { recursive: true })
  const partial = join(folder, `${icon}.${process.pid}.part`)
  await writeFile(partial, data)
  await rename(partial, join(folder, `${icon}.rgba`))
}
