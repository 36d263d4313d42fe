import { filledImage } from "./filled-image.ts"
import { filterColumns } from "./filter-columns.ts"
import { filterRows } from "./filter-rows.ts"
import { ImageError } from "./image-error.ts"
import type { Resample, RgbImage } from "./image-types.ts"
import { padToSquare } from "./pad-to-square.ts"
import { resampleCoefficients } from "./resample-coefficients.ts"
import { resizeImage } from "./resize-image.ts"

/** Rows that are padded at a time. */
const BAND = 64
const MAX_BYTES = 2 ** 31

/**
 * `resizeImage(padToSquare(image, color), size, size, resample)`, byte for byte, without the whole square in memory:
 * that of a long panorama would be many times the picture.
 * @throws {ImageError} `image-too-large` where even the narrowed picture passes 2 GiB
 */
export function resizePadded(
  image: RgbImage,
  color: readonly [number, number, number],
  size: number,
  resample: Resample,
): RgbImage {
  const { width, height } = image
  const edge = Math.max(width, height)
  if (edge * size * 3 > MAX_BYTES) {
    throw new ImageError(`An image of ${width} x ${height} is too long to be padded to a square.`, {
      code: "image-too-large",
      fix: "Cut it, or prepare it without padding (square).",
    })
  }
  // Small squares, unfiltered ones and those of the right size gain nothing from bands.
  if (width === height || resample === "nearest" || edge === size) {
    return resizeImage(padToSquare(image, color), size, size, resample)
  }
  const coefficients = resampleCoefficients(edge, size, resample, 0, size)
  const rowBytes = size * 3
  const narrow = new Uint8Array(edge * rowBytes) // [edge, size, channel]
  const top = Math.floor((edge - height) / 2)
  const left = Math.floor((edge - width) / 2)

  if (height < edge) {
    const padding = filterColumns(filledImage(edge, 1, color), coefficients, 0, 1).data
    for (let row = 0; row < edge; row++) {
      if (row < top || row >= top + height) narrow.set(padding, row * rowBytes)
    }
  }
  for (let from = 0; from < height; from += BAND) {
    const rows = Math.min(BAND, height - from)
    const band = width === edge ? image : widen(image, from, rows, left, filledImage(edge, rows, color))
    const filtered = filterColumns(band, coefficients, width === edge ? from : 0, rows)
    narrow.set(filtered.data, (top + from) * rowBytes)
  }
  return filterRows({ width: size, height: edge, data: narrow }, coefficients, 0)
}

/** Lays rows of the image over `canvas`, `left` pixels from its edge. */
function widen(image: RgbImage, firstRow: number, rows: number, left: number, canvas: RgbImage): RgbImage {
  for (let row = 0; row < rows; row++) {
    const from = (firstRow + row) * image.width * 3
    canvas.data.set(image.data.subarray(from, from + image.width * 3), (row * canvas.width + left) * 3)
  }
  return canvas
}
