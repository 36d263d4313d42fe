import { IMAGE_TOKEN_INDEX } from "@llava/core"
import type { PreparedSample } from "@llava/train"
import { collapseImages } from "./collapse-images.ts"

export interface PaddedRows {
  /** Padding last. */
  ids: readonly (readonly number[])[]
  labels: readonly (readonly number[])[]
  lengths: readonly number[]
}

/** What Hugging Face repeats for every feature of an image, how often, and the pixels in order of appearance. */
export interface RowImages {
  imageToken: number
  tokensPerImage: number
  pixels: readonly Float32Array[]
}

/** Rows of a fixture as the objective of trainers takes them. */
export function trainingSamples({ ids, labels, lengths }: PaddedRows, images?: RowImages): PreparedSample[] {
  let next = 0
  return ids.map((row, id) => {
    const valid = row.slice(0, lengths[id])
    if (!images) return { id, ids: valid, labels: labels[id]!.slice(0, lengths[id]), images: [] }
    const collapsed = collapseImages(valid, images.imageToken, images.tokensPerImage)
    const first = next
    let place = 0
    const ofCollapsed = collapsed.map((token) => {
      const label = labels[id]![place]!
      place += token === IMAGE_TOKEN_INDEX ? images.tokensPerImage : 1
      if (token === IMAGE_TOKEN_INDEX) next++
      return label
    })
    return { id, ids: collapsed, labels: ofCollapsed, images: images.pixels.slice(first, next) }
  })
}
