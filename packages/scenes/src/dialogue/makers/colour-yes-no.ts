import { singleObjects } from "../../facts/single-objects.ts"
import { farColours } from "../../kinds/far-colours.ts"
import { findKind } from "../../kinds/find-kind.ts"
import { joinWords } from "../../language/join-words.ts"
import type { QuestionMaker } from "../question-draft.ts"

export const colourYesNo: QuestionMaker = (scene, random) => {
  const single = singleObjects(scene)
  if (single.length === 0) return undefined
  const { name, colours } = findKind(random.pick(single).kind)
  const others = farColours(colours)
  const isTrue = others.length === 0 || random.chance(0.5)
  const asked = isTrue ? colours[0] : random.pick(others)
  return {
    about: { type: "is-colour", kind: name, colour: asked },
    questions: [`Is the ${name} ${asked}?`, `Is that ${name} ${asked}?`, `Would you call the ${name} ${asked}?`],
    answers: [`The ${name} is ${joinWords(colours)}, so ${isTrue ? "yes" : "no"}.`],
    decisions: [`${isTrue ? "Yes" : "No"}, the ${name} is ${joinWords(colours)}.`],
  }
}
