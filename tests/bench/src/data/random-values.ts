/** `count` numbers, uniform in [-amplitude, amplitude): the same for the same seed in every process. */
export function randomValues(seed: string, count: number, amplitude = 1): Float32Array {
  const next = randomBits(seed)
  const values = new Float32Array(count)
  const factor = amplitude / 2 ** 31
  for (let i = 0; i < count; i++) values[i] = (next() | 0) * factor
  return values
}

/** Random 32-bit words: xorshift (Marsaglia 2003), started from a hash (FNV-1a) of the seed. */
export function randomBits(seed: string): () => number {
  let state = 0x811c9dc5
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193)
  state = state === 0 ? 1 : state
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state
  }
}
