import type { Scene } from "../scene/scene.ts"
import type { AskSceneOptions } from "./ask-options.ts"
import { drawFollowUp } from "./draw-follow-up.ts"
import { makers } from "./makers/makers.ts"
import type { Question } from "./question.ts"
import { compactQuestionKinds, questionKinds } from "./question-kind.ts"
import { wordDraft } from "./word-draft.ts"

/**
 * Different questions about a scene, with true answers. Kinds that have no clear answer in the scene, such as relations
 * with a single object, give way to others.
 */
export function askScene(scene: Scene, options: AskSceneOptions): Question[] {
  const { form, random, count } = options
  const kinds = options.kinds ?? (form === "compact" ? compactQuestionKinds : questionKinds)
  const questions: Question[] = []
  const asked = new Set<string>()
  for (let attempt = 0; questions.length < count && attempt < count * 8; attempt++) {
    const last = questions.at(-1)
    const followUp = last && random.chance(options.followUps ?? 0) ? drawFollowUp(last, kinds, random) : undefined
    const kind = followUp?.kind ?? random.pick(kinds)
    const draft = followUp?.draft ?? makers[kind](scene, random)
    if (!draft || (form === "compact" && !draft.compact)) continue
    const topic = JSON.stringify(draft.about)
    if (asked.has(topic)) continue
    asked.add(topic)
    questions.push({ kind, ...wordDraft(draft, options), about: draft.about, scene })
  }
  return questions
}
