/**
 * The index of the first finite value that would become infinite as float16 (magnitude 65520 or more), or -1.
 * bfloat16 weights reach 3e38, so call it before storing them as float16.
 */
export function findFloat16Overflow(values: Float32Array): number {
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i]!)
    if (magnitude >= 65520 && magnitude !== Number.POSITIVE_INFINITY) return i
  }
  return -1
}
