import { checkRgbImage } from "./check-rgb-image.ts"
import { filledImage } from "./filled-image.ts"
import type { RgbImage } from "./image-types.ts"

/**
 * Puts the image in the middle of a square of its longer edge, filled with `color` (0..255 per channel).
 * This is `expand2square` of the original LLaVA: an odd remainder goes to the right or to the bottom.
 * @throws {ImageError} `image-invalid`
 */
export function padToSquare(image: RgbImage, color: readonly [number, number, number]): RgbImage {
  const { width, height, data } = checkRgbImage(image)
  if (width === height) return image
  const size = Math.max(width, height)
  const left = Math.floor((size - width) / 2)
  const top = Math.floor((size - height) / 2)
  const square = filledImage(size, size, color)
  for (let row = 0; row < height; row++) {
    square.data.set(data.subarray(row * width * 3, (row + 1) * width * 3), ((row + top) * size + left) * 3)
  }
  return square
}
