import { randomUUID } from "node:crypto"
import { copyFile, link, mkdir, rename, rm, symlink } from "node:fs/promises"
import { dirname, relative } from "node:path"

/** The file system calls, replaceable where a file system without links is to be tested. */
export interface LinkOperations {
  symlink(target: string, path: string): Promise<void>
  link(existing: string, path: string): Promise<void>
  copyFile(source: string, target: string): Promise<void>
}

/**
 * Makes `pointer` stand for `blob`: a relative symbolic link, as the Python client makes; where links cannot be made
 * (Windows without developer mode, some network drives) a hard link, else a copy. It appears whole or not at all:
 * it is made beside the blob under another name and then renamed.
 */
export async function linkFile(
  blob: string,
  pointer: string,
  operations: LinkOperations = { symlink, link, copyFile },
): Promise<void> {
  await mkdir(dirname(pointer), { recursive: true })
  const temporary = `${blob}.${randomUUID()}.link`
  const ways = [
    () => operations.symlink(relative(dirname(pointer), blob), temporary),
    () => operations.link(blob, temporary),
    () => operations.copyFile(blob, temporary),
  ]
  try {
    for (const [index, way] of ways.entries()) {
      try {
        await way()
        break
      } catch (error) {
        if (index === ways.length - 1) throw error
        await rm(temporary, { force: true })
      }
    }
    await rename(temporary, pointer)
  } finally {
    await rm(temporary, { force: true })
  }
}
