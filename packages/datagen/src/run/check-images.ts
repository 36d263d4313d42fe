import { stat } from "node:fs/promises"
import { join } from "node:path"
import type { ImageContext } from "../contexts/image-context.ts"
import { DatagenError } from "../datagen-error.ts"

/** @throws DatagenError `images-missing` where descriptions name images that are not in the folder. */
export async function checkImages(contexts: readonly ImageContext[], folder: string): Promise<void> {
  const missing: string[] = []
  for (const { image } of contexts) {
    const found = await stat(join(folder, image)).catch(() => undefined)
    if (!found?.isFile()) missing.push(image)
  }
  if (missing.length === 0) return
  const some = missing.slice(0, 3).join(", ")
  throw new DatagenError(
    `${missing.length} of ${contexts.length} images are not in ${folder}: ${some}${missing.length > 3 ? ", ..." : ""}.`,
    {
      code: "images-missing",
      fix: "Give the folder that the descriptions' image names are relative to.",
    },
  )
}
