import { hashNumber } from "../random/hash-number.ts"

/** Uniform numbers in [0, 1) that depend on these parts alone (mulberry32, seeded by their hash). */
export function randomFrom(...parts: readonly (string | number)[]): () => number {
  let state = hashNumber(...parts)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
