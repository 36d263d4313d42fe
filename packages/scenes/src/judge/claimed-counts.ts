import { objectsOfKind } from "../facts/objects-of-kind.ts"
import type { Scene } from "../scene/scene.ts"
import type { Claim } from "./claim.ts"

/**
 * How many objects of each kind the claims speak of. "the cat" after "a cat" is no second one, unless it is elsewhere;
 * "the cat at the top, the cat at the top" in one sentence are two.
 */
export function claimedCounts(scene: Scene, claims: readonly Claim[]): Map<string, number> {
  const kinds = Map.groupBy(
    claims.filter(({ negated }) => !negated),
    ({ kind }) => kind,
  )
  return new Map([...kinds].map(([kind, ofKind]) => [kind, countOf(ofKind, objectsOfKind(scene, kind).length)]))
}

/** @param actual stands for a plural without a number */
function countOf(claims: readonly Claim[], actual: number): number {
  let introduced = 0
  const places = new Set<string>()
  const listed = new Map<number, number>()
  for (const { count, definite, zones, sentence } of claims) {
    for (const zone of zones) places.add(zone)
    if (definite) listed.set(sentence, (listed.get(sentence) ?? 0) + zones.length)
    // "cat at the top at the left" are two.
    else introduced += count === undefined ? actual : Math.max(count, zones.length)
  }
  return Math.max(1, introduced, places.size, ...listed.values())
}
