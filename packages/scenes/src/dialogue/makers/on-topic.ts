import { listObjects } from "../../language/list-objects.ts"
import type { Scene } from "../../scene/scene.ts"
import type { TalkTopic } from "../about.ts"
import type { QuestionDraft } from "../question-draft.ts"
import { talkPhrases } from "../talk-phrases.ts"

/** What people say on a topic, and what to answer; with a scene some speak of what it shows. */
export function onTopic(topic: TalkTopic, scene?: Scene): QuestionDraft {
  const { questions, answers } = talkPhrases[topic]
  const list = scene && listObjects(scene.objects)
  const things = scene ? [...new Set(scene.objects.map(({ kind }) => kind))] : []
  return {
    about: { type: "talk", topic },
    questions: questions.flatMap((question) =>
      question.includes("{thing}") ? things.map((thing) => question.replace("{thing}", thing)) : question,
    ),
    answers: answers
      .filter((answer) => list !== undefined || !answer.includes("{list}"))
      .map((answer) => answer.replace("{list}", list ?? "")),
  }
}
