import { filterColumns } from "./filter-columns.ts"
import { filterRows } from "./filter-rows.ts"
import type { Resample, RgbImage } from "./image-types.ts"
import { resampleCoefficients } from "./resample-coefficients.ts"

/** A rectangle of pixels inside an image. */
export interface ImageWindow {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * The part `window` of `image` resized to `width` x `height`, byte for byte what `Image.resize` of Pillow 13 gives there.
 * Pixels outside the window are not computed, so a resize followed by a crop costs only what the crop keeps.
 * The window must lie inside the resized image.
 */
export function resizeWindow(
  image: RgbImage,
  width: number,
  height: number,
  resample: Resample,
  window: ImageWindow,
): RgbImage {
  const right = window.left + window.width
  const bottom = window.top + window.height
  if (resample === "nearest" || (width === image.width && height === image.height)) {
    const columns = nearestPositions(image.width, width, window.left, right)
    const rows = nearestPositions(image.height, height, window.top, bottom)
    return pick(image, columns, rows)
  }

  // An axis that keeps its length is not filtered.
  const horizontal =
    width === image.width ? undefined : resampleCoefficients(image.width, width, resample, window.left, right)
  const vertical =
    height === image.height ? undefined : resampleCoefficients(image.height, height, resample, window.top, bottom)
  if (!vertical) return filterColumns(image, horizontal!, window.top, window.height)
  if (!horizontal) return filterRows(pick(image, range(window.left, right), range(0, image.height)), vertical, 0)
  if (rowsComeFirst(image, width, height)) {
    return filterColumns(filterRows(image, vertical, 0), horizontal, 0, window.height)
  }
  const firstRow = vertical.start[0]!
  const endRow = vertical.start.at(-1)! + vertical.length.at(-1)!
  return filterRows(filterColumns(image, horizontal, firstRow, endRow - firstRow), vertical, firstRow)
}

/**
 * Bytes are rounded between the passes, so their order shows. Pillow up to 12 goes along the rows first, always;
 * Pillow 13 combines the rows first when the height loses more than twice what the width loses.
 */
function rowsComeFirst(image: RgbImage, width: number, height: number): boolean {
  return height < image.height && image.height - height > 2 * (image.width - width)
}

function range(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i)
}

/** Pillow's nearest: the step is added up rather than multiplied, and its rounding errors with it. */
function nearestPositions(input: number, output: number, from: number, to: number): Int32Array {
  const step = input / output
  const positions = new Int32Array(to - from)
  let position = step * 0.5
  for (let i = 0; i < to; i++) {
    if (i >= from) positions[i - from] = Math.min(input - 1, Math.trunc(position))
    position += step
  }
  return positions
}

function pick(image: RgbImage, columns: Int32Array, rows: Int32Array): RgbImage {
  const { width, data } = image
  const result = new Uint8Array(columns.length * rows.length * 3)
  let to = 0
  for (const row of rows) {
    const rowStart = row * width
    for (let i = 0; i < columns.length; i++) {
      const from = (rowStart + columns[i]!) * 3
      result[to++] = data[from]!
      result[to++] = data[from + 1]!
      result[to++] = data[from + 2]!
    }
  }
  return { width: columns.length, height: rows.length, data: result }
}
