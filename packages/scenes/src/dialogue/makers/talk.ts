import type { QuestionMaker } from "../question-draft.ts"
import { onTopic } from "./on-topic.ts"

const talkTopics = ["greeting", "farewell", "thanks", "identity", "ability"] as const

/** Greetings and the like, beside a picture. */
export const talk: QuestionMaker = (scene, random) => onTopic(random.pick(talkTopics), scene)
