/** Q4_1: sixteen even steps from the smallest to the largest value. `out`: 20 bytes per 32 values. */
export function encodeQ4_1(
  values: Float32Array,
  out: Uint8Array,
  storeHalf: (at: number, value: number) => void,
): void {
  for (let from = 0, to = 0; from < values.length; from += 32, to += 20) {
    let least = values[from]!
    let most = least
    for (let i = 1; i < 32; i++) {
      const value = values[from + i]!
      if (value < least) least = value
      if (value > most) most = value
    }
    const scale = Math.fround(Math.fround(most - least) / 15)
    const inverse = scale === 0 ? 0 : Math.fround(1 / scale)
    const quantise = (value: number) =>
      Math.min(15, Math.fround(Math.fround(Math.fround(value - least) * inverse) + 0.5) | 0)
    storeHalf(to, scale)
    storeHalf(to + 2, least)
    for (let i = 0; i < 16; i++) out[to + 4 + i] = quantise(values[from + i]!) | (quantise(values[from + 16 + i]!) << 4)
  }
}
