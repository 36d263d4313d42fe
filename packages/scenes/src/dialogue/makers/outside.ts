import type { QuestionMaker } from "../question-draft.ts"
import { onTopic } from "./on-topic.ts"

/** Questions that nobody can answer from the picture, or that are outside the scenes' world. */
export const outside: QuestionMaker = (scene) => onTopic("outside", scene)
