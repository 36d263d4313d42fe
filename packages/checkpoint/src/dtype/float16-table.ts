let table: Float32Array | undefined

/** The float32 value of every 16-bit half-precision pattern (256 KiB), made at the first call. */
export function float16Table(): Float32Array {
  table ??= Float32Array.from({ length: 65536 }, (_, bits) => {
    const sign = bits & 0x8000 ? -1 : 1
    const exponent = (bits >> 10) & 31
    const fraction = bits & 1023
    if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
    if (exponent === 0) return sign * fraction * 2 ** -24
    return sign * (1024 + fraction) * 2 ** (exponent - 25)
  })
  return table
}
