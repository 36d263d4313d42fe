import { drawAbsentKind } from "../../facts/draw-absent-kind.ts"
import { objectsOfKind } from "../../facts/objects-of-kind.ts"
import { findKind } from "../../kinds/find-kind.ts"
import { joinWords } from "../../language/join-words.ts"
import { listObjects } from "../../language/list-objects.ts"
import { numberWord } from "../../language/number-word.ts"
import { zonePlace } from "../../language/zone-place.ts"
import type { QuestionMaker } from "../question-draft.ts"

export const count: QuestionMaker = (scene, random) => {
  // Repeated kinds are asked for more often than they are there: "one" must not be a good guess.
  const repeated = scene.objects.filter(({ kind }) => objectsOfKind(scene, kind).length > 1)
  const absent = random.chance(0.18) ? drawAbsentKind(scene, random) : undefined
  const shown = repeated.length > 0 && random.chance(0.5) ? repeated : scene.objects
  const kind = absent ?? random.pick(shown).kind
  const { plural } = findKind(kind)
  const found = objectsOfKind(scene, kind)
  const number = numberWord(found.length)
  const questions = [
    `How many ${plural} are there?`,
    `How many ${plural} do you see?`,
    `How many ${plural} are in the picture?`,
    `Count the ${plural}.`,
    `What is the number of ${plural}?`,
    `how many ${plural}`,
    `Can you count the ${plural} for me?`,
    `and how many ${plural}`,
    `How many ${plural} can you see?`,
    `how many ${plural} are in there`,
  ]
  const about = { type: "count", kinds: [kind], nouns: [kind, plural] } as const
  if (found.length === 0) {
    return {
      about,
      questions,
      answers: [
        `I count the ${plural}: none. That makes zero.`,
        `There is no ${kind}: zero.`,
        `I see no ${plural}: zero.`,
      ],
      decisions: [`Zero, there is no ${kind}.`],
      compact: [`how many ${plural}?`, `${kind}: zero.`],
    }
  }
  const list = listObjects(found)
  const places = joinWords(found.map(({ zone }) => `one ${zonePlace(zone)}`))
  const noun = found.length === 1 ? kind : plural
  return {
    about,
    questions,
    answers: [
      `I count the ${plural}: ${places}. That makes ${number}.`,
      `I see ${list}: ${number} ${noun}.`,
      `There ${found.length === 1 ? "is" : "are"} ${list}: ${number} ${noun}.`,
    ],
    decisions: [`There ${found.length === 1 ? "is" : "are"} ${number} ${noun}: ${list}.`],
    compact: [`how many ${plural}?`, `${kind} ${found.map(({ zone }) => `at the ${zone}`).join(" ")}: ${number}.`],
  }
}
