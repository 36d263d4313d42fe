import { drawAbsentKind } from "../../facts/draw-absent-kind.ts"
import { objectsOfKind } from "../../facts/objects-of-kind.ts"
import { findKind } from "../../kinds/find-kind.ts"
import { askedName } from "../../language/asked-name.ts"
import { capitalized } from "../../language/capitalized.ts"
import { joinWords } from "../../language/join-words.ts"
import { listCompactly } from "../../language/list-compactly.ts"
import { listObjects } from "../../language/list-objects.ts"
import { withArticle } from "../../language/with-article.ts"
import { zonePlace } from "../../language/zone-place.ts"
import type { QuestionMaker } from "../question-draft.ts"

export const yesNo: QuestionMaker = (scene, random) => {
  const absent = random.chance(0.5) ? drawAbsentKind(scene, random) : undefined
  const kind = absent ?? random.pick(scene.objects).kind
  const a = withArticle(kind)
  const found = objectsOfKind(scene, kind)
  const name = askedName(kind, scene.world, random)
  const asked = withArticle(name)
  const questions = [
    `Is there ${asked}?`,
    `Is there ${asked} in the picture?`,
    `Do you see ${asked}?`,
    `Can you see ${asked} here?`,
    `Does the picture show ${asked}?`,
    `Are there any ${findKind(kind).plural}?`,
    `any ${findKind(kind).plural} in the pic`,
    `Does this image contain ${asked}?`,
    `Is ${asked} in this image?`,
    `I think there is ${asked}. Am I right?`,
    `${asked}?`,
    `any ${name}`,
    `Is this ${asked}?`,
    `Is that ${asked}?`,
    `is it ${asked}`,
    `Can you find ${asked} in it?`,
    `is ${asked} there`,
  ]
  const about = { type: "presence", kinds: [kind] } as const
  if (found.length === 0) {
    return {
      about,
      questions,
      answers: [
        `${capitalized(a)}? I see none, so no.`,
        `There is no ${kind}, so no.`,
        `I see ${listObjects(scene.objects)}, but no ${kind}, so no.`,
      ],
      decisions: [`No, there is no ${kind}.`, `No, I see no ${kind} in the picture.`],
      compact: [`is there ${a}?`, `${a}? no.`],
    }
  }
  const list = listObjects(found)
  const places = joinWords(found.map(({ zone }) => `one ${zonePlace(zone)}`))
  const there = found.length > 1 ? "There are" : "There is"
  return {
    about,
    questions,
    answers: [`${capitalized(a)}? I see ${places}, so yes.`, `${there} ${list}, so yes.`, `I see ${list}, so yes.`],
    decisions: [`Yes, ${there.toLowerCase()} ${list}.`, `Yes, I see ${list}.`],
    compact: [`is there ${a}?`, `${listCompactly(found)}? yes.`],
  }
}
