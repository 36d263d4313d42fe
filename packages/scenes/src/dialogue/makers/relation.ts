import { directions } from "../../facts/direction.ts"
import { isBeside } from "../../facts/is-beside.ts"
import { singleObjects } from "../../facts/single-objects.ts"
import { spokenDirections } from "../../facts/spoken-directions.ts"
import { capitalized } from "../../language/capitalized.ts"
import { listCompactly } from "../../language/list-compactly.ts"
import { listObjects } from "../../language/list-objects.ts"
import { zonePlace } from "../../language/zone-place.ts"
import type { QuestionMaker } from "../question-draft.ts"

/** What is left of, right of, above or below the only object of a kind; seldom where there is nothing else. */
export const relation: QuestionMaker = (scene, random) => {
  if (scene.objects.length === 1 && !random.chance(0.15)) return undefined
  const possible = singleObjects(scene).flatMap((object) =>
    directions.flatMap((direction) => {
      const others = scene.objects.filter((other) => other !== object)
      const sides = others.map((other) => isBeside(scene, other, direction, object))
      if (sides.includes(undefined)) return []
      return [{ object, direction, found: others.filter((_, index) => sides[index]) }]
    }),
  )
  const full = possible.filter(({ found }) => found.length > 0)
  if (possible.length === 0) return undefined
  const { object, direction, found } = random.pick(full.length > 0 && random.chance(0.85) ? full : possible)
  const the = `the ${object.kind}`
  const list = found.length > 0 ? listObjects(found) : "nothing"
  const verb = found.length > 1 ? "are" : "is"
  const spoken = random.pick(spokenDirections[direction])
  return {
    about: { type: "beside", direction, kind: object.kind },
    questions: [
      `What is ${direction} ${the}?`,
      `What is ${spoken} ${the}?`,
      `Which objects are ${direction} ${the}?`,
      `What do you see ${direction} ${the}?`,
      `whats ${spoken} ${the}`,
      `Is there something ${direction} ${the}? What is it?`,
      `Is anything ${spoken} ${the}?`,
      `what do u see ${spoken} ${the}`,
      `Name what is ${spoken} ${the}.`,
    ],
    answers: [
      `The ${object.kind} is ${zonePlace(object.zone)}; ${direction} it there ${verb} ${list}.`,
      `The ${object.kind} is ${zonePlace(object.zone)}, and ${direction} it I see ${list}.`,
    ],
    decisions: [`${capitalized(direction)} ${the} there ${verb} ${list}.`],
    compact: [
      `what is ${direction} ${the}?`,
      `${listCompactly([object], "the")}, ${found.length > 0 ? listCompactly(found, "the") : "nothing"}.`,
    ],
  }
}
