import { createHash } from "node:crypto"
import { basename } from "node:path"

/** A file's name, and the SHA-256 of its text. */
export function fileIdentity(file: string, text: string): { file: string; sha256: string } {
  return { file: basename(file), sha256: createHash("sha256").update(text).digest("hex") }
}
