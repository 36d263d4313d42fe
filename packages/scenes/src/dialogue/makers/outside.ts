import { isBigger } from "../../facts/is-bigger.ts"
import type { Scene } from "../../scene/scene.ts"
import type { QuestionMaker } from "../question-draft.ts"
import { onTopic } from "./on-topic.ts"

/** Questions that nobody can answer from the picture, or that are outside the scenes' world. */
export const outside: QuestionMaker = (scene) => {
  const draft = onTopic("outside", scene)
  if (!hasSizes(scene)) return draft
  return { ...draft, questions: draft.questions.filter((question) => !/\b(bigger|biggest)\b/.test(question)) }
}

/** Whether one can see that something is bigger than something else. */
function hasSizes({ objects }: Scene): boolean {
  return objects.some((object) => objects.some((other) => isBigger(object, other)))
}
