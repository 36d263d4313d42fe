import { objectsOfKind } from "../facts/objects-of-kind.ts"
import type { Scene } from "../scene/scene.ts"
import type { Claim } from "./claim.ts"

/** How many objects of each kind the claims speak of. "the cat" after "a cat" is no second one, unless elsewhere. */
export function claimedCounts(scene: Scene, claims: readonly Claim[]): Map<string, number> {
  const kinds = new Map<string, { introduced: number; places: Set<string> }>()
  for (const { kind, count, definite, negated, zones } of claims) {
    if (negated) continue
    const known = kinds.get(kind) ?? { introduced: 0, places: new Set() }
    kinds.set(kind, known)
    for (const zone of zones) known.places.add(zone)
    if (definite) continue
    // "cats" without a number, and "cat at the top at the left"
    known.introduced += count === undefined ? objectsOfKind(scene, kind).length : Math.max(count, zones.length)
  }
  return new Map([...kinds].map(([kind, { introduced, places }]) => [kind, Math.max(1, introduced, places.size)]))
}
