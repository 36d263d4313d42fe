const MULTIPLIER = 6364136223846793005n
const STREAM = (54n << 1n) | 1n
const MASK = (1n << 64n) - 1n

/** Uniform numbers in [0, 1) from a seed, the same on every machine: PCG32 XSH-RR (O'Neill 2014), stream 54. */
export function seededRandom(seed: number): () => number {
  let state = 0n
  const next = () => {
    const old = state
    state = (old * MULTIPLIER + STREAM) & MASK
    const shifted = Number((((old >> 18n) ^ old) >> 27n) & 0xffffffffn)
    const rotation = Number(old >> 59n)
    return ((shifted >>> rotation) | (shifted << (-rotation & 31))) >>> 0
  }
  next()
  state = (state + BigInt(Math.trunc(seed))) & MASK
  next()
  return () => next() / 2 ** 32
}
