import { randomUUID } from "node:crypto"
import { type FileHandle, open, rename, unlink } from "node:fs/promises"
import { platform } from "node:os"
import { dirname } from "node:path"
import type { WritableFile } from "../bytes/writable-file.ts"
import { CheckpointError } from "../checkpoint-error.ts"

export interface FileToWrite {
  path: string
  write(file: WritableFile): Promise<void>
}

/**
 * Writes files so that a reader sees each of them old or new and whole, never half. Each goes to a temporary file in
 * the same folder (`<name>.<random>.partial`) and is flushed to the disk; only when all of them stand there are they
 * renamed, in the given order, so put a file that refers to others last. When anything fails, the temporary files are
 * removed and what stood there before is untouched.
 *
 * Throws `CheckpointError` "disk-full", "folder-missing" or "file-not-writable"; errors of `write` pass unchanged.
 */
export async function writeFilesAtomically(files: Iterable<FileToWrite>): Promise<void> {
  const written: { path: string; temporary: string }[] = []
  try {
    for (const { path, write } of files) {
      const temporary = `${path}.${randomUUID()}.partial`
      await writeTemporary(path, temporary, write, () => written.push({ path, temporary }))
    }
    while (written.length > 0) {
      const { path, temporary } = written[0]!
      await guard(path, () => rename(temporary, path))
      written.shift()
      await flushFolder(dirname(path))
    }
  } catch (error) {
    await Promise.allSettled(written.map(({ temporary }) => unlink(temporary)))
    throw error
  }
}

async function writeTemporary(path: string, temporary: string, write: FileToWrite["write"], onCreated: () => void) {
  const handle = await guard(path, () => open(temporary, "wx"))
  onCreated()
  try {
    await write({ write: (bytes) => guard(path, () => writeAll(handle, bytes)) })
    await guard(path, () => handle.sync())
  } finally {
    await handle.close()
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await handle.write(bytes, done, Math.min(1 << 30, bytes.byteLength - done))
    done += bytesWritten
  }
}

/** Makes the rename itself durable. Windows opens no folders, and needs none of this. */
async function flushFolder(path: string): Promise<void> {
  if (platform() === "win32") return
  const handle = await open(path, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function guard<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined
    if (code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG")
      throw new CheckpointError(`${path} could not be written: the disk (or its quota) is full.`, {
        code: "disk-full",
        fix: "Free some space; nothing half-written was left behind.",
        cause,
      })
    if (code === "ENOENT")
      throw new CheckpointError(`${path} could not be written: its folder does not exist.`, {
        code: "folder-missing",
        fix: "Create the folder first.",
        cause,
      })
    throw new CheckpointError(`${path} could not be written: ${cause instanceof Error ? cause.message : cause}.`, {
      code: "file-not-writable",
      cause,
    })
  }
}
