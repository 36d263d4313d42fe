import { seededRandom } from "./seeded-random.ts"

/** The numbers 0 to `length` - 1 in an order drawn from the seed (Fisher-Yates). */
export function shuffledIndices(length: number, seed: number): number[] {
  const indices = Array.from({ length }, (_, index) => index)
  const random = seededRandom(seed)
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const kept = indices[last]!
    indices[last] = indices[other]!
    indices[other] = kept
  }
  return indices
}
