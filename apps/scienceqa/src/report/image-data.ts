import { readFile } from "node:fs/promises"
import sharp from "sharp"

const LONGEST_SIDE = 480
const LARGEST_FILE = 64 * 2 ** 20

/** A picture as a data URL, no larger than a page needs; undefined where the file is no picture that can be read. */
export async function imageData(file: string): Promise<string | undefined> {
  try {
    const bytes = await readFile(file)
    if (bytes.length > LARGEST_FILE) return undefined
    const size = { width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true } as const
    const small = await sharp(bytes).resize(size).webp({ quality: 80 }).toBuffer()
    return `data:image/webp;base64,${small.toString("base64")}`
  } catch {
    return undefined
  }
}
