import type { AskOptions } from "./ask-options.ts"
import type { QuestionDraft } from "./question-draft.ts"
import { typeLikePeople } from "./type-like-people.ts"

/** One wording of a draft's question and answer. */
export function wordDraft(
  draft: QuestionDraft,
  { form, random, first = "observation", typed = 0, variedQuestions = false }: AskOptions,
): { question: string; answer: string } {
  if (form === "compact" && draft.compact) return { question: draft.compact[0], answer: draft.compact[1] }
  const question = form === "rich" || variedQuestions ? random.pick(draft.questions) : draft.questions[0]!
  const answers = first === "decision" ? (draft.decisions ?? draft.answers) : draft.answers
  return {
    question: random.chance(typed) ? typeLikePeople(question, random) : question,
    answer: form === "rich" ? random.pick(answers) : answers[0]!,
  }
}
