import type { RgbImage } from "./image-types.ts"
import { PRECISION_BITS, type ResampleCoefficients } from "./resample-coefficients.ts"

const HALF = 1 << (PRECISION_BITS - 1)

/**
 * The pass of a resize that combines rows into new ones.
 * @param firstRow the row of the whole image that is row 0 of `image`
 */
export function filterRows(image: RgbImage, coefficients: ResampleCoefficients, firstRow: number): RgbImage {
  const { start, length, weights, taps } = coefficients
  const rowBytes = image.width * 3
  const source = image.data
  const result = new Uint8ClampedArray(rowBytes * start.length) // [row, column, channel]
  const sums = new Int32Array(rowBytes) // [column, channel]
  for (let row = 0; row < start.length; row++) {
    sums.fill(HALF)
    for (let tap = 0; tap < length[row]!; tap++) {
      const weight = weights[row * taps + tap]!
      const from = (start[row]! - firstRow + tap) * rowBytes
      for (let i = 0; i < rowBytes; i++) sums[i] = sums[i]! + Math.imul(source[from + i]!, weight)
    }
    const to = row * rowBytes
    for (let i = 0; i < rowBytes; i++) result[to + i] = sums[i]! >> PRECISION_BITS
  }
  return { width: image.width, height: start.length, data: new Uint8Array(result.buffer) }
}
