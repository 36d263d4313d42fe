import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"

/** The SHA-256 of a file's bytes, in hexadecimal. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash("sha256")
  for await (const bytes of createReadStream(file, { highWaterMark: 2 ** 20 })) hash.update(bytes as Buffer)
  return hash.digest("hex")
}
