/** The first `lengths[row]` tokens of every row of `[rows, tokens, width]`, one after the other. */
export function cutRows(values: Float32Array, tokens: number, width: number, lengths: readonly number[]): Float32Array {
  const kept = lengths.reduce((sum, length) => sum + length, 0)
  const result = new Float32Array(kept * width)
  let at = 0
  for (const [row, length] of lengths.entries()) {
    const start = row * tokens * width
    result.set(values.subarray(start, start + length * width), at)
    at += length * width
  }
  return result
}
