import { drawAbsentKind } from "../../facts/draw-absent-kind.ts"
import { objectsOfKind } from "../../facts/objects-of-kind.ts"
import { findKind } from "../../kinds/find-kind.ts"
import { joinWords } from "../../language/join-words.ts"
import type { QuestionMaker } from "../question-draft.ts"

export const colour: QuestionMaker = (scene, random) => {
  const absent = random.chance(0.1) ? drawAbsentKind(scene, random) : undefined
  const kind = absent ?? random.pick(scene.objects).kind
  const { plural, colours } = findKind(kind)
  const several = objectsOfKind(scene, kind).length > 1
  const [the, verb] = several ? [`the ${plural}`, "are"] : [`the ${kind}`, "is"]
  return {
    about: { type: "colours", kind },
    questions: [
      `What color ${verb} ${the}?`,
      `What colour ${verb} ${the}?`,
      `Which color ${several ? "do" : "does"} ${the} have?`,
      `Tell me the color of ${the}.`,
      `what color ${the}`,
      `whats the color of ${the}`,
      `How is ${the} colored?`,
    ],
    answers:
      absent === undefined
        ? [`T${the.slice(1)} ${verb} ${joinWords(colours)}.`, `I see that ${the} ${verb} ${joinWords(colours)}.`]
        : [`There is no ${kind} in the picture.`, `I see no ${kind} here.`],
  }
}
