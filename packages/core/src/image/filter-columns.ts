import type { RgbImage } from "./image-types.ts"
import { PRECISION_BITS, type ResampleCoefficients } from "./resample-coefficients.ts"

const HALF = 1 << (PRECISION_BITS - 1)

/** The pass of a resize that goes along the rows: `rowCount` of them from `firstRow`, each to the width of `coefficients`. */
export function filterColumns(
  image: RgbImage,
  coefficients: ResampleCoefficients,
  firstRow: number,
  rowCount: number,
): RgbImage {
  const columns = coefficients.start.length
  const result = new Uint8ClampedArray(columns * rowCount * 3) // [row, column, channel]
  for (let row = 0; row < rowCount; row++) {
    filterRow(image.data, (firstRow + row) * image.width, coefficients, result, row * columns * 3)
  }
  return { width: columns, height: rowCount, data: new Uint8Array(result.buffer) }
}

/** The hot loop of every resize. `rowStart` counts pixels, `to` counts bytes. */
function filterRow(
  source: Uint8Array,
  rowStart: number,
  { start, length, weights, taps }: ResampleCoefficients,
  result: Uint8ClampedArray,
  to: number,
): void {
  for (let column = 0; column < start.length; column++) {
    let from = (rowStart + start[column]!) * 3
    const firstWeight = column * taps
    const endWeight = firstWeight + length[column]!
    let red = HALF
    let green = HALF
    let blue = HALF
    for (let tap = firstWeight; tap < endWeight; tap++) {
      const weight = weights[tap]!
      red = (red + Math.imul(source[from]!, weight)) | 0
      green = (green + Math.imul(source[from + 1]!, weight)) | 0
      blue = (blue + Math.imul(source[from + 2]!, weight)) | 0
      from += 3
    }
    result[to++] = red >> PRECISION_BITS
    result[to++] = green >> PRECISION_BITS
    result[to++] = blue >> PRECISION_BITS
  }
}
