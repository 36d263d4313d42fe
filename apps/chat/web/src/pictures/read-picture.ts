import { newId } from "../new-id.ts"
import { PictureProblem } from "./picture-problem.ts"
import type { StoredPicture } from "./stored-picture.ts"

/** Formats that the server decodes as well. */
const sendable = new Set(["image/png", "image/jpeg", "image/webp", "image/gif"])
/** Larger files are sent smaller: models look at a few hundred pixels an edge. */
const largestFile = 4 * 2 ** 20
const longestEdge = 2048

/**
 * A file as a picture to ask about: the same bytes where the server can take them, else redrawn, and smaller where it is
 * large. Errors: PictureProblem for what this browser cannot decode.
 */
export async function readPicture(file: Blob, name: string): Promise<StoredPicture> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new PictureProblem(file.size === 0 ? `${name} is empty.` : `${name} is not a picture that can be read here.`)
  })
  const { width, height } = bitmap
  try {
    if (sendable.has(file.type) && file.size <= largestFile) return { id: newId(), name, blob: file, width, height }
    const scale = Math.min(1, longestEdge / Math.max(width, height))
    const canvas = document.createElement("canvas")
    canvas.width = Math.max(1, Math.round(width * scale))
    canvas.height = Math.max(1, Math.round(height * scale))
    canvas.getContext("2d")!.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    const type = file.type === "image/jpeg" || canvas.width * canvas.height > 2 ** 20 ? "image/jpeg" : "image/png"
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, 0.92))
    if (!blob) throw new PictureProblem(`${name} is too large to be drawn here.`)
    return { id: newId(), name, blob, width: canvas.width, height: canvas.height }
  } finally {
    bitmap.close()
  }
}
