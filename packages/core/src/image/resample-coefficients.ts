import type { Resample } from "./image-types.ts"

/** Fractional bits of the fixed-point weights: 32 bits less 8 for the pixel and 2 for overshoot. */
export const PRECISION_BITS = 22

/** For output positions `from .. to`: which input positions count, and with which weights. */
export interface ResampleCoefficients {
  /** First input position of each output position. [outputs] */
  readonly start: Int32Array
  /** How many input positions count. [outputs] */
  readonly length: Int32Array
  /** Weights in units of 2^-22; row `i` begins at `i * taps`. [outputs, taps] */
  readonly weights: Int32Array
  readonly taps: number
}

const filters: Record<Exclude<Resample, "nearest">, { support: number; weight: (x: number) => number }> = {
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { support: 2, weight: bicubic },
}

/**
 * The weights of one axis of an antialiased resize of `input` pixels to `output`, for the output positions
 * `from <= i < to` only. The order of the float operations is that of Pillow's `Resample.c`, so that the rounded
 * weights are the same to the bit.
 */
export function resampleCoefficients(
  input: number,
  output: number,
  resample: Exclude<Resample, "nearest">,
  from: number,
  to: number,
): ResampleCoefficients {
  const { support: filterSupport, weight } = filters[resample]
  const scale = input / output
  const filterScale = Math.max(scale, 1)
  const support = filterSupport * filterScale
  const taps = Math.ceil(support) * 2 + 1
  const count = to - from
  const start = new Int32Array(count)
  const length = new Int32Array(count)
  const weights = new Int32Array(count * taps)
  const unrounded = new Float64Array(taps)

  for (let i = 0; i < count; i++) {
    const center = (from + i + 0.5) * scale
    const first = Math.max(0, Math.trunc(center - support + 0.5))
    const end = Math.min(input, Math.trunc(center + support + 0.5))
    let sum = 0
    for (let tap = 0; tap < end - first; tap++) {
      const value = weight((tap + first - center + 0.5) * (1 / filterScale))
      unrounded[tap] = value
      sum += value
    }
    start[i] = first
    length[i] = end - first
    for (let tap = 0; tap < end - first; tap++) {
      const value = (sum === 0 ? unrounded[tap]! : unrounded[tap]! / sum) * (1 << PRECISION_BITS)
      weights[i * taps + tap] = Math.trunc(value < 0 ? value - 0.5 : value + 0.5)
    }
  }
  return { start, length, weights, taps }
}

/** Keys' cubic convolution with a = -0.5, as in Pillow (OpenCV and torch use -0.75). */
function bicubic(x: number): number {
  const a = -0.5
  const distance = Math.abs(x)
  if (distance < 1) return ((a + 2) * distance - (a + 3)) * distance * distance + 1
  if (distance < 2) return (((distance - 5) * distance + 8) * distance - 4) * a
  return 0
}
