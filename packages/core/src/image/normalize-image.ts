import { checkRgbImage } from "./check-rgb-image.ts"
import type { ImageSpec, RgbImage } from "./image-types.ts"

/**
 * `(pixel / 255 - mean) / std` per channel, in float32 as transformers computes it.
 * @returns [3, height, width]
 * @throws {ImageError} `image-invalid`
 */
export function normalizeImage(image: RgbImage, spec: Pick<ImageSpec, "mean" | "std">): Float32Array<ArrayBuffer> {
  const { width, height, data } = checkRgbImage(image)
  const plane = width * height
  const result = new Float32Array(3 * plane) // [channel, row, column]
  const values = new Float32Array(256)
  for (let channel = 0; channel < 3; channel++) {
    const mean = Math.fround(spec.mean[channel]!)
    const std = Math.fround(spec.std[channel]!)
    for (let level = 0; level < 256; level++) {
      values[level] = Math.fround(Math.fround(level * (1 / 255)) - mean) / std
    }
    const start = channel * plane
    for (let pixel = 0; pixel < plane; pixel++) result[start + pixel] = values[data[pixel * 3 + channel]!]!
  }
  return result
}
