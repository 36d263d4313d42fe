import { type FileHandle, open } from "node:fs/promises"
import type { ByteSource } from "../bytes/byte-source.ts"
import { checkRange } from "../bytes/check-range.ts"
import { CheckpointError } from "../checkpoint-error.ts"

/** The largest piece asked of the system at once: one read of 2 GiB or more is refused by some. */
const largestRead = 1 << 30

/**
 * A file as a source: one handle, positional reads, nothing cached. Close it by `await using` or by the checkpoint
 * that was opened from it. Throws `CheckpointError` "file-missing", "file-unreadable", and in reads "file-truncated".
 */
export async function fileSource(path: string): Promise<ByteSource> {
  let handle: FileHandle
  try {
    handle = await open(path, "r")
  } catch (cause) {
    throw unreadable(path, cause)
  }
  const stat = await handle.stat()
  if (!stat.isFile()) {
    await handle.close()
    throw new CheckpointError(`${path} is not a file.`, { code: "file-unreadable", fix: "Give the path of a file." })
  }
  let closed = false
  return {
    name: path,
    size: stat.size,
    async read(begin, end) {
      if (closed) throw new CheckpointError(`${path} is already closed.`, { code: "source-closed" })
      checkRange(path, stat.size, begin, end)
      const bytes = new Uint8Array(end - begin)
      let filled = 0
      while (filled < bytes.length) {
        const length = Math.min(largestRead, bytes.length - filled)
        const { bytesRead } = await handle.read(bytes, filled, length, begin + filled).catch((cause) => {
          throw unreadable(path, cause)
        })
        if (bytesRead === 0) checkRange(path, begin + filled, begin, end)
        filled += bytesRead
      }
      return bytes
    },
    async [Symbol.asyncDispose]() {
      if (closed) return
      closed = true
      await handle.close()
    },
  }
}

function unreadable(path: string, cause: unknown): CheckpointError {
  if (cause instanceof Error && "code" in cause && cause.code === "ENOENT")
    return new CheckpointError(`${path} does not exist.`, { code: "file-missing", fix: "Check the path.", cause })
  return new CheckpointError(`${path} could not be read: ${cause instanceof Error ? cause.message : String(cause)}.`, {
    code: "file-unreadable",
    cause,
  })
}
