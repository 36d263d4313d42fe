import type { ContextCounts } from "./context-counts.ts"
import type { ImageContext, Instance } from "./image-context.ts"
import { normalizeBox } from "./normalize-box.ts"

/**
 * A description with white space in order and boxes within the image; undefined for an image without a caption.
 * Everything left out is counted.
 */
export function cleanContext(context: ImageContext, counts: ContextCounts): ImageContext | undefined {
  const captions: string[] = []
  for (const raw of context.captions) {
    const caption = raw.replace(/\s+/g, " ").trim()
    if (caption === "") counts.emptyCaptions++
    else captions.push(caption)
  }
  if (captions.length === 0) {
    counts.imagesWithoutCaption++
    return undefined
  }
  counts.images++
  counts.captions += captions.length
  const instances = context.instances?.flatMap(({ category, bbox }): Instance[] => {
    const box = normalizeBox(bbox, counts)
    return box === undefined ? [] : [{ category, bbox: box }]
  })
  const { id, image } = context
  return { id, image, captions, ...(instances && { instances }) }
}
