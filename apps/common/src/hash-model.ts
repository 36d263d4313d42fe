import { createHash } from "node:crypto"
import { createReadStream, existsSync, statSync } from "node:fs"
import { readdir } from "node:fs/promises"
import { join } from "node:path"

/**
 * What tells a model from another: the SHA-256 of a model's file, or of the names and SHA-256s of a folder's files, apart
 * from those that begin with a dot or only describe it (`.md`). Undefined where there is no such path.
 */
export async function hashModel(path: string): Promise<string | undefined> {
  if (!existsSync(path)) return undefined
  if (!statSync(path).isDirectory()) return hashFile(path)
  const hash = createHash("sha256")
  for (const name of (await readdir(path)).sort()) {
    const file = join(path, name)
    if (name.startsWith(".") || name.endsWith(".md") || !statSync(file).isFile()) continue
    hash.update(`${name}\0${await hashFile(file)}\n`)
  }
  return hash.digest("hex")
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash("sha256")
  for await (const bytes of createReadStream(file, { highWaterMark: 2 ** 20 })) hash.update(bytes as Buffer)
  return hash.digest("hex")
}
