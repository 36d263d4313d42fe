/** bfloat16 bits to float32, exactly: the upper half of the float32. */
export function bfloat16ToFloat32(
  bits: Uint16Array,
  out: Float32Array<ArrayBufferLike> = new Float32Array(bits.length),
): Float32Array {
  const words = new Uint32Array(out.buffer, out.byteOffset, bits.length)
  for (let i = 0; i < bits.length; i++) words[i] = bits[i]! << 16
  return out
}
