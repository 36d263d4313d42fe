import { opposite } from "../../facts/opposite.ts"
import { pairsBeside } from "../../facts/pairs-beside.ts"
import { spokenDirections } from "../../facts/spoken-directions.ts"
import { listCompactly } from "../../language/list-compactly.ts"
import { zonePlace } from "../../language/zone-place.ts"
import type { QuestionMaker } from "../question-draft.ts"

/** Whether the only object of a kind is left of, right of, above or below that of another; asked where one is true. */
export const relationYesNo: QuestionMaker = (scene, random) => {
  const possible = pairsBeside(scene)
  if (possible.length === 0) return undefined
  const { object, other, direction: truth } = random.pick(possible)
  const isTrue = random.chance(0.5)
  const asked = isTrue ? truth : opposite(truth)
  const spoken = random.pick(spokenDirections[asked])
  const [a, b] = [`the ${object.kind}`, `the ${other.kind}`]
  const seen = `The ${object.kind} is ${zonePlace(object.zone)} and ${b} is ${zonePlace(other.zone)}`
  const decision = isTrue ? "yes" : "no"
  return {
    about: { type: "is-beside", kind: object.kind, direction: asked, other: other.kind },
    questions: [
      `Is ${a} ${asked} ${b}?`,
      `Is ${a} ${spoken} ${b}?`,
      `Do you see ${a} ${asked} ${b}?`,
      `Would you say ${a} is ${asked} ${b}?`,
      `is ${a} ${spoken} ${b} or not`,
      `${a} is ${spoken} ${b}, right?`,
      `Can you see ${a} ${spoken} ${b}?`,
    ],
    answers: [`${seen}: ${truth} it, so ${decision}.`, `${seen}: ${a} is ${truth} ${b}, so ${decision}.`],
    decisions: [`${isTrue ? "Yes" : "No"}, ${a} is ${truth} ${b}.`],
    compact: [`is ${a} ${asked} ${b}?`, `${listCompactly([object, other], "the")}: ${truth}, ${decision}.`],
  }
}
