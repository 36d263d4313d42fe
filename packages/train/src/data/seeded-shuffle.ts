/** A permutation of 0 ... count - 1 that seed and epoch decide (Fisher-Yates over a 32-bit mixer). */
export function seededShuffle(count: number, seed: number, epoch: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i)
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(epoch + 1, 0x85ebca6b)) >>> 0
  for (let last = count - 1; last > 0; last--) {
    state = (state + 0x6d2b79f5) >>> 0
    let word = Math.imul(state ^ (state >>> 15), state | 1)
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61)
    const other = Math.floor((((word ^ (word >>> 14)) >>> 0) / 2 ** 32) * (last + 1))
    const taken = order[last]!
    order[last] = order[other]!
    order[other] = taken
  }
  return order
}
