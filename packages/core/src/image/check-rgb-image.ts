import { ImageError } from "./image-error.ts"
import type { RgbImage } from "./image-types.ts"

/**
 * Returns the image when its edges are whole positive numbers and its data has `width * height * 3` bytes.
 * @throws {ImageError} `image-invalid`
 */
export function checkRgbImage(image: RgbImage): RgbImage {
  const { width, height, data } = image
  for (const [name, edge] of [
    ["width", width],
    ["height", height],
  ] as const) {
    if (!Number.isSafeInteger(edge) || edge < 1) {
      throw new ImageError(`The ${name} of an RGB image is ${edge}.`, {
        code: "image-invalid",
        fix: "Give a whole number of pixels, at least 1.",
      })
    }
  }
  if (!(data instanceof Uint8Array) || data.length !== width * height * 3) {
    const found = data instanceof Uint8Array ? `${data.length} bytes` : "data that is no Uint8Array"
    throw new ImageError(`An RGB image of ${width} x ${height} needs ${width * height * 3} bytes and has ${found}.`, {
      code: "image-invalid",
      fix: "Give three bytes per pixel (red, green, blue), without alpha and without row padding.",
    })
  }
  return image
}
