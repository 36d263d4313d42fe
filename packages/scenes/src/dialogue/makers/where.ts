import { drawAbsentKind } from "../../facts/draw-absent-kind.ts"
import { objectsOfKind } from "../../facts/objects-of-kind.ts"
import { findKind } from "../../kinds/find-kind.ts"
import { askedName } from "../../language/asked-name.ts"
import { joinWords } from "../../language/join-words.ts"
import { listCompactly } from "../../language/list-compactly.ts"
import { listObjects } from "../../language/list-objects.ts"
import { numberWord } from "../../language/number-word.ts"
import { withArticle } from "../../language/with-article.ts"
import { zonePlace } from "../../language/zone-place.ts"
import type { QuestionMaker } from "../question-draft.ts"

export const where: QuestionMaker = (scene, random) => {
  const absent = random.chance(0.12) ? drawAbsentKind(scene, random) : undefined
  const kind = absent ?? random.pick(scene.objects).kind
  const found = objectsOfKind(scene, kind)
  const { plural } = findKind(kind)
  const several = found.length > 1
  const the = several ? plural : askedName(kind, scene.world, random)
  const questions = [
    `Where ${several ? "are" : "is"} the ${the}?`,
    `Where can I find the ${the}?`,
    `Where do you see the ${the}?`,
    `In which part of the picture ${several ? "are" : "is"} the ${the}?`,
    `Can you find ${several ? `the ${plural}` : withArticle(the)} for me?`,
    `Point me to the ${the}.`,
    `wheres the ${the}`,
    `Locate the ${the}.`,
    `What is the position of the ${the}?`,
    `And the ${the}?`,
    `where ${several ? "are" : "is"} the ${the} in the picture`,
    `find the ${the}`,
    `Can you see where the ${the} ${several ? "are" : "is"}?`,
  ]
  const about = { type: "places", kind } as const
  if (absent !== undefined) {
    return {
      about,
      questions,
      answers: [
        `The ${kind} is not in the picture.`,
        `There is no ${kind} in the picture.`,
        `I see no ${kind} here.`,
        `I cannot see ${withArticle(kind)}.`,
      ],
      compact: [`where is the ${kind}?`, `no ${kind}.`],
    }
  }
  const compactAnswer = `${listCompactly(found, several ? "a" : "the")}.`
  if (several) {
    const places = joinWords(found.map(({ zone }) => `one ${zonePlace(zone)}`))
    return {
      about,
      questions,
      answers: [
        `The ${plural} are ${joinWords(found.map(({ zone }) => zonePlace(zone)))}.`,
        `There are ${listObjects(found)}.`,
        `There are ${numberWord(found.length)} ${plural}: ${places}.`,
        `I see ${listObjects(found)}.`,
      ],
      compact: [`where are the ${plural}?`, compactAnswer],
    }
  }
  const place = zonePlace(found[0]!.zone)
  return {
    about,
    questions,
    answers: [
      `The ${kind} is ${place}.`,
      `You can find the ${kind} ${place} of the picture.`,
      `I see the ${kind} ${place}.`,
      `The ${kind} is ${place} of the image.`,
    ],
    compact: [`where is the ${kind}?`, compactAnswer],
  }
}
