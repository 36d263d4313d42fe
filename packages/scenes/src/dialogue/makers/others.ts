import { singleObjects } from "../../facts/single-objects.ts"
import { listObjects } from "../../language/list-objects.ts"
import type { QuestionMaker } from "../question-draft.ts"

/** What there is besides the only object of a kind. */
export const others: QuestionMaker = (scene, random) => {
  const single = singleObjects(scene)
  if (single.length === 0) return undefined
  const object = random.pick(single)
  const the = `the ${object.kind}`
  const found = scene.objects.filter((other) => other !== object)
  const list = found.length > 0 ? listObjects(found) : "nothing"
  return {
    about: { type: "others", kind: object.kind },
    questions: [
      `What else is there besides ${the}?`,
      `What is next to ${the}?`,
      `What is near ${the}?`,
      `What do you see beside ${the}?`,
      `Is there anything else than ${the}?`,
      `Is ${the} alone?`,
      `whats next to ${the}`,
      `What is around ${the}?`,
      `What else do you see, apart from ${the}?`,
      `Who or what is with ${the}?`,
      `is ${the} the only thing here`,
      `Just ${the}?`,
    ],
    answers: [`Besides ${the} I see ${list}.`, `Apart from ${the} there is ${list}.`],
  }
}
