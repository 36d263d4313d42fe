import { checkRgbImage } from "./check-rgb-image.ts"
import { ImageError } from "./image-error.ts"
import type { Resample, RgbImage } from "./image-types.ts"
import { resizeWindow } from "./resize-window.ts"

/**
 * Resizes to `width` x `height` pixels, antialiased when it shrinks, byte for byte as
 * `Image.resize((width, height), resample)` of Pillow 13 on an RGB image.
 * @throws {ImageError} `image-invalid`
 */
export function resizeImage(image: RgbImage, width: number, height: number, resample: Resample): RgbImage {
  checkRgbImage(image)
  for (const edge of [width, height]) {
    if (!Number.isSafeInteger(edge) || edge < 1) {
      throw new ImageError(`An image cannot be resized to ${width} x ${height}.`, {
        code: "image-invalid",
        fix: "Give whole numbers of pixels, at least 1.",
      })
    }
  }
  return resizeWindow(image, width, height, resample, { left: 0, top: 0, width, height })
}
