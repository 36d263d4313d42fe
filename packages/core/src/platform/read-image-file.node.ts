import { open } from "node:fs/promises"
import { ImageError } from "../image/image-error.ts"

/**
 * Reads a local file. `checkSize` is told the size in bytes before anything is read, and throws to refuse.
 * @throws {ImageError} `image-not-found`, `image-unreadable`
 */
export async function readImageFile(
  path: string | URL,
  checkSize: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  try {
    await using file = await open(path)
    checkSize((await file.stat()).size)
    return await file.readFile(signal ? { signal } : {})
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof ImageError) throw cause
    const reason = cause instanceof Error && "code" in cause ? cause.code : undefined
    if (reason === "ENOENT" || reason === "ENOTDIR") {
      throw new ImageError(`There is no file ${path}.`, {
        code: "image-not-found",
        fix: "Check the path; a relative one counts from the working directory.",
        cause,
      })
    }
    const why = reason === "EISDIR" ? "it is a folder" : cause instanceof Error ? cause.message : String(cause)
    throw new ImageError(`${path} cannot be read: ${why}.`, {
      code: "image-unreadable",
      fix: "Give the path of an image file that this user may read.",
      cause,
    })
  }
}
