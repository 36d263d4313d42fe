import type { RgbImage } from "@llava/core"

export interface SheetOptions {
  columns: number
  /** How often each pixel is repeated in both directions; default 1. */
  scale?: number
}

/** Pictures of one size side by side, row by row, with a white line between them. */
export function drawSheet(images: readonly RgbImage[], { columns, scale = 1 }: SheetOptions): RgbImage {
  const [cellWidth, cellHeight] = [images[0]!.width * scale, images[0]!.height * scale]
  const gap = 2
  const width = columns * (cellWidth + gap) - gap
  const height = Math.ceil(images.length / columns) * (cellHeight + gap) - gap
  const data = new Uint8Array(width * height * 3).fill(255)
  for (const [index, image] of images.entries()) {
    const left = (index % columns) * (cellWidth + gap)
    const top = Math.floor(index / columns) * (cellHeight + gap)
    for (let y = 0; y < cellHeight; y++) {
      for (let x = 0; x < cellWidth; x++) {
        const from = (Math.floor(y / scale) * image.width + Math.floor(x / scale)) * 3
        data.set(image.data.subarray(from, from + 3), ((top + y) * width + left + x) * 3)
      }
    }
  }
  return { width, height, data }
}
