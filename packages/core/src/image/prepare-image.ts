import { checkRgbImage } from "./check-rgb-image.ts"
import type { ImageAspectRatio, ImageSpec, RgbImage } from "./image-types.ts"
import { resizePadded } from "./resize-padded.ts"
import { resizeWindow } from "./resize-window.ts"
import { shortestEdgeSize } from "./shortest-edge-size.ts"

/**
 * The picture as the encoder gets it, before normalisation: RGB of `spec.size` x `spec.size`, byte for byte as
 * Pillow 13, CLIPImageProcessor and `expand2square` of the original LLaVA make it.
 *
 * - `square`: the shorter edge becomes `spec.size`, the middle of the longer edge is kept
 *   (with `spec.fit: "stretch"` both edges become `spec.size`).
 * - `pad`: the image is first padded to a square with the mean colour, so that nothing is cut off.
 *
 * @throws {ImageError} `image-invalid`, `image-too-large`
 */
export function prepareImage(image: RgbImage, spec: ImageSpec, mode: ImageAspectRatio): RgbImage {
  checkRgbImage(image)
  const { size, mean, resample } = spec
  if (mode === "pad") return resizePadded(image, meanColor(mean), size, resample)
  const { width, height } =
    spec.fit === "stretch" ? { width: size, height: size } : shortestEdgeSize(image.width, image.height, size)
  return resizeWindow(image, width, height, resample, {
    left: Math.floor((width - size) / 2),
    top: Math.floor((height - size) / 2),
    width: size,
    height: size,
  })
}

/** Rounded down, as `int(mean * 255)`: (122, 116, 104) for CLIP. */
function meanColor(mean: ImageSpec["mean"]): [number, number, number] {
  return [Math.trunc(mean[0] * 255), Math.trunc(mean[1] * 255), Math.trunc(mean[2] * 255)]
}
