/** Of every row of `[rows, tokens, width]`, `lengths[row]` tokens from `starts[row]` on (0 unless told), one after the other. */
export function cutRows(
  values: Float32Array,
  tokens: number,
  width: number,
  lengths: readonly number[],
  starts: readonly number[] = [],
): Float32Array {
  const kept = lengths.reduce((sum, length) => sum + length, 0)
  const result = new Float32Array(kept * width)
  let at = 0
  for (const [row, length] of lengths.entries()) {
    const start = (row * tokens + (starts[row] ?? 0)) * width
    result.set(values.subarray(start, start + length * width), at)
    at += length * width
  }
  return result
}
