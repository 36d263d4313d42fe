/** Q8_0: scale = largest magnitude / 127; weights are rounded half away from zero. `out`: 34 bytes per 32 values. */
export function encodeQ8_0(
  values: Float32Array,
  out: Uint8Array,
  storeHalf: (at: number, value: number) => void,
): void {
  for (let from = 0, to = 0; from < values.length; from += 32, to += 34) {
    let largest = 0
    for (let i = 0; i < 32; i++) {
      const magnitude = Math.abs(values[from + i]!)
      if (magnitude > largest) largest = magnitude
    }
    const scale = Math.fround(largest / 127)
    const inverse = scale === 0 ? 0 : Math.fround(1 / scale)
    storeHalf(to, scale)
    for (let i = 0; i < 32; i++) {
      const q = Math.fround(values[from + i]! * inverse)
      out[to + 2 + i] = (q + (q < 0 ? -0.5 : 0.5)) | 0
    }
  }
}
