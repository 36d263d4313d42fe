import { rename, writeFile } from "node:fs/promises"

/** Writes a text so that the file is, at any moment, as it was before or whole. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const beside = `${file}.part`
  await writeFile(beside, text)
  await rename(beside, file)
}
