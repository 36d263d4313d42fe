const scratch = new DataView(new ArrayBuffer(4))

/** The f32 value of IEEE half-precision bits. */
export function halfToFloat(bits: number): number {
  const sign = (bits & 0x8000) << 16
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return (sign ? -1 : 1) * fraction * 2 ** -24
  scratch.setUint32(0, sign | (exponent === 31 ? 0x7f800000 : (exponent + 112) << 23) | (fraction << 13))
  return scratch.getFloat32(0)
}
