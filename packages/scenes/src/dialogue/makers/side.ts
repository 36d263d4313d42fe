import type { Direction } from "../../facts/direction.ts"
import { pairsBeside } from "../../facts/pairs-beside.ts"
import { zonePlace } from "../../language/zone-place.ts"
import type { QuestionMaker } from "../question-draft.ts"

const axes: readonly (readonly [Direction, Direction])[] = [
  ["left of", "right of"],
  ["above", "below"],
]

/** On which of two sides of the only object of a kind that of another is; asked where it clearly is on one of them. */
export const side: QuestionMaker = (scene, random) => {
  const possible = pairsBeside(scene)
  if (possible.length === 0) return undefined
  const { object, direction: truth, other } = random.pick(possible)
  const axis = axes.find((each) => each.includes(truth))!
  const [first, second] = random.shuffle(axis) as [Direction, Direction]
  const [a, b] = [`the ${object.kind}`, `the ${other.kind}`]
  const short = first.replace(" of", "")
  return {
    about: { type: "side", kind: object.kind, directions: axis, other: other.kind },
    questions: [
      `Is ${a} ${short} or ${second} ${b}?`,
      `Is ${a} ${first} ${b} or ${second} it?`,
      ...(axis[0] === "left of" ? [`Is ${a} to the ${short} or to the ${second} ${b}?`] : []),
      `${a}: ${short} or ${second} ${b}?`,
      `is ${a} ${short} or ${second} ${b}`,
    ],
    answers: [
      `The ${object.kind} is ${zonePlace(object.zone)} and ${b} is ${zonePlace(other.zone)}: ${truth} it.`,
      `The ${object.kind} is ${truth} ${b}.`,
    ],
  }
}
