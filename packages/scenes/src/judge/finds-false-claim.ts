import { directions } from "../facts/direction.ts"
import { isBeside } from "../facts/is-beside.ts"
import { isBigger } from "../facts/is-bigger.ts"
import { objectsOfKind } from "../facts/objects-of-kind.ts"
import type { Scene } from "../scene/scene.ts"
import type { Claim } from "./claim.ts"
import { isMark } from "./is-mark.ts"
import { matchKind } from "./match-kind.ts"
import { wordsOf } from "./words-of.ts"

/** Whether a text says something of the scene's objects that is not so: that they are there, how many, where, how big. */
export function findsFalseClaim(scene: Scene, text: string, claims: readonly Claim[]): boolean {
  return claims.some((claim) => isFalse(scene, claim)) || statesFalseRelation(scene, wordsOf(text))
}

function isFalse(scene: Scene, { kind, count, definite, negated, zones }: Claim): boolean {
  const found = objectsOfKind(scene, kind)
  if (negated) return zones.length > 0 ? found.some(({ zone }) => zones.includes(zone)) : found.length > 0
  if (found.length === 0) return true
  if (!definite && count !== undefined && count > found.length) return true
  return zones.some((zone) => found.every((object) => object.zone !== zone))
}

/** "the cat is left of the dog", "the cat is bigger than the dog", where each is the only one of its kind. */
function statesFalseRelation(scene: Scene, words: readonly string[]): boolean {
  let kind: string | undefined
  let relation: string | undefined
  for (let at = 0; at < words.length; at++) {
    const match = matchKind(words, at)
    if (match) {
      if (kind !== undefined && relation !== undefined && isWrong(scene, kind, relation, match.kind)) return true
      kind = match.kind
      relation = undefined
      at += match.length - 1
      continue
    }
    const found = [...directions, "bigger than", "smaller than"].find((each) =>
      each.split(" ").every((word, index) => words[at + index] === word),
    )
    if (found) relation = found
    // "below it there is a dog" is about what "it" is.
    if (isMark(words[at]) || words[at] === "and" || words[at] === "it") kind = relation = undefined
    if (words[at] === "not") return false
  }
  return false
}

function isWrong(scene: Scene, kind: string, relation: string, other: string): boolean {
  const [a, b] = [objectsOfKind(scene, kind), objectsOfKind(scene, other)]
  if (a.length !== 1 || b.length !== 1) return false
  if (relation === "bigger than") return isBigger(a[0]!, b[0]!) === false
  if (relation === "smaller than") return isBigger(b[0]!, a[0]!) === false
  const direction = directions.find((each) => each === relation)
  return direction !== undefined && isBeside(scene, a[0]!, direction, b[0]!) === false
}
