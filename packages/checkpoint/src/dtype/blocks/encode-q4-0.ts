/**
 * Q4_0: the value of largest magnitude becomes -8 steps (its sign decides the sign of the scale); the others are
 * rounded to the nearest of -8..7 steps. `out`: 18 bytes per 32 values.
 */
export function encodeQ4_0(
  values: Float32Array,
  out: Uint8Array,
  storeHalf: (at: number, value: number) => void,
): void {
  for (let from = 0, to = 0; from < values.length; from += 32, to += 18) {
    let largest = 0
    for (let i = 0; i < 32; i++) {
      const value = values[from + i]!
      if (Math.abs(value) > Math.abs(largest)) largest = value
    }
    const scale = Math.fround(largest / -8)
    const inverse = scale === 0 ? 0 : Math.fround(1 / scale)
    const quantise = (value: number) => Math.min(15, Math.fround(Math.fround(value * inverse) + 8.5) | 0)
    storeHalf(to, scale)
    for (let i = 0; i < 16; i++) out[to + 2 + i] = quantise(values[from + i]!) | (quantise(values[from + 16 + i]!) << 4)
  }
}
