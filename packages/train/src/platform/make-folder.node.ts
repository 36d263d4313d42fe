import { mkdir } from "node:fs/promises"

/** Makes a folder, and those above it. */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true })
}
