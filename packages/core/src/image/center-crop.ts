import { checkRgbImage } from "./check-rgb-image.ts"
import type { RgbImage } from "./image-types.ts"

/**
 * The middle `width` x `height` pixels. Where the image is smaller, black is added around it, as `center_crop` of
 * transformers does.
 * @throws {ImageError} `image-invalid`
 */
export function centerCrop(image: RgbImage, width: number, height: number): RgbImage {
  checkRgbImage(image)
  const result = new Uint8Array(width * height * 3) // [row, column, channel]
  const horizontal = overlap(image.width, width)
  const vertical = overlap(image.height, height)
  for (let row = 0; row < vertical.length; row++) {
    const from = ((vertical.from + row) * image.width + horizontal.from) * 3
    const to = ((vertical.to + row) * width + horizontal.to) * 3
    result.set(image.data.subarray(from, from + horizontal.length * 3), to)
  }
  return { width, height, data: result }
}

/** Which part of `input` positions lands where among `output` positions. */
function overlap(input: number, output: number): { from: number; to: number; length: number } {
  if (input >= output) return { from: Math.floor((input - output) / 2), to: 0, length: output }
  return { from: 0, to: Math.floor((output - input + 1) / 2), length: input }
}
