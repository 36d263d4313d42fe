import { checkRgbImage } from "./check-rgb-image.ts"
import type { ImageAspectRatio, ImageSpec, RgbImage } from "./image-types.ts"
import { padToSquare } from "./pad-to-square.ts"
import { resizeWindow } from "./resize-window.ts"
import { shortestEdgeSize } from "./shortest-edge-size.ts"

/**
 * The picture as the encoder gets it, before normalisation: RGB of `spec.size` x `spec.size`, byte for byte as
 * Pillow, CLIPImageProcessor and `expand2square` of the original LLaVA make it.
 *
 * - `square`: the shorter edge becomes `spec.size`, the middle of the longer edge is kept
 *   (with `spec.fit: "stretch"` both edges become `spec.size`).
 * - `pad`: the image is first padded to a square with the mean colour, so that nothing is cut off.
 *
 * @throws {ImageError} `image-invalid`
 */
export function prepareImage(image: RgbImage, spec: ImageSpec, mode: ImageAspectRatio): RgbImage {
  checkRgbImage(image)
  const { size, mean, resample } = spec
  const whole = mode === "pad" ? padToSquare(image, meanColor(mean)) : image
  const resized =
    spec.fit === "stretch" ? { width: size, height: size } : shortestEdgeSize(whole.width, whole.height, size)
  return resizeWindow(whole, resized.width, resized.height, resample, {
    left: Math.floor((resized.width - size) / 2),
    top: Math.floor((resized.height - size) / 2),
    width: size,
    height: size,
  })
}

/** Rounded down, as `int(mean * 255)`: (122, 116, 104) for CLIP. */
function meanColor(mean: ImageSpec["mean"]): [number, number, number] {
  return [Math.trunc(mean[0] * 255), Math.trunc(mean[1] * 255), Math.trunc(mean[2] * 255)]
}
