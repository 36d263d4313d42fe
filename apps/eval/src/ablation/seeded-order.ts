import { createHash } from "node:crypto"

/** The numbers below `count` in an order that the seed decides. */
export function seededOrder(count: number, seed: number): number[] {
  const keys = Array.from({ length: count }, (_, index) =>
    createHash("sha256").update(`${seed} ${index}`).digest("hex"),
  )
  return [...keys.keys()].sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1))
}
