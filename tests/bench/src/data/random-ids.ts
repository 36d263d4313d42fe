import { randomBits } from "./random-values.ts"

/** `count` token ids below `vocabulary`. */
export function randomIds(seed: string, count: number, vocabulary: number): Int32Array {
  const next = randomBits(seed)
  return Int32Array.from({ length: count }, () => (next() >>> 8) % vocabulary)
}
