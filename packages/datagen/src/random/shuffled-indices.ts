/** The numbers 0 to `length` - 1 in an order drawn from the seed (Fisher-Yates with the mulberry32 generator). */
export function shuffledIndices(length: number, seed: number): number[] {
  const indices = Array.from({ length }, (_, index) => index)
  let state = seed | 0
  for (let last = length - 1; last > 0; last--) {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    const random = ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
    const other = Math.floor(random * (last + 1))
    const kept = indices[last]!
    indices[last] = indices[other]!
    indices[other] = kept
  }
  return indices
}
