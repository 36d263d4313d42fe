import { readFile } from "node:fs/promises"
import { extname } from "node:path"

const types: Readonly<Record<string, string>> = {
  ".png": "png",
  ".jpg": "jpeg",
  ".jpeg": "jpeg",
  ".gif": "gif",
  ".webp": "webp",
  ".bmp": "bmp",
}

/** A picture as an address that has it inside; undefined for one that is gone or that browsers do not show. */
export async function readImageUrl(path: string): Promise<string | undefined> {
  const type = types[extname(path).toLowerCase()]
  if (type === undefined) return undefined
  const bytes = await readFile(path).catch(() => undefined)
  return bytes && `data:image/${type};base64,${bytes.toString("base64")}`
}
