import { rename, rm, writeFile } from "node:fs/promises"

/** Writes a file beside its place and moves it there when it is complete: readers see the file before or the new one. */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const partial = `${path}.${process.pid}.part`
  try {
    await writeFile(partial, content)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}
