import { listObjects } from "../../language/list-objects.ts"
import type { Scene } from "../../scene/scene.ts"
import type { TalkTopic } from "../about.ts"
import type { QuestionDraft } from "../question-draft.ts"
import { talkPhrases } from "../talk-phrases.ts"

/** What people say on a topic, and what to answer; with a scene some answers say what it shows. */
export function onTopic(topic: TalkTopic, scene?: Scene): QuestionDraft {
  const { questions, answers } = talkPhrases[topic]
  const list = scene && listObjects(scene.objects)
  return {
    about: { type: "talk", topic },
    questions,
    answers: answers
      .filter((answer) => list !== undefined || !answer.includes("{list}"))
      .map((answer) => answer.replace("{list}", list ?? "")),
  }
}
