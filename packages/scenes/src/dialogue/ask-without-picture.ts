import type { AskOptions } from "./ask-options.ts"
import { onTopic } from "./makers/on-topic.ts"
import type { Question } from "./question.ts"
import { wordDraft } from "./word-draft.ts"

const topics = ["greeting", "farewell", "thanks", "identity", "ability", "no-picture", "no-picture"] as const

/** Something that people say before they gave a picture, with a kind answer. */
export function askWithoutPicture(options: AskOptions): Question {
  const draft = onTopic(options.random.pick(topics))
  const words = wordDraft(draft, { ...options, variedQuestions: true })
  return { kind: "talk", ...words, about: draft.about }
}
