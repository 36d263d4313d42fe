import type { AnswerFile } from "../answers/answer-file.ts"
import { matchAnswers } from "../answers/match-answers.ts"
import { EvaluationError } from "../evaluation-error.ts"
import type { EvaluationQuestion } from "../run/evaluation-question.ts"
import type { ChatMessage } from "../scienceqa/few-shot.ts"
import { type JudgeRule, judgePrompt, judgeSettings } from "./judge-prompt.ts"
import type { ImageDescription } from "./parse-contexts.ts"

/** One review that a judge is to write. */
export interface PlannedReview {
  questionId: string | number
  /** `answer_id` of the first and second answer that the judge is shown, where their files have it. */
  answerIds: readonly [string | undefined, string | undefined]
  /** As the rules call it: `conv` of the COCO set, `llava_bench_conv` in the wild. */
  category: string
  messages: ChatMessage[]
}

export interface PlanReviewsOptions {
  /** With their file's name, for errors. */
  questions: { file: string; questions: readonly EvaluationQuestion[] }
  contexts: ReadonlyMap<string, ImageDescription>
  rules: ReadonlyMap<string, JudgeRule>
  reference: AnswerFile
  candidate: AnswerFile
  /** Show the candidate's answer first. */
  swapped?: boolean
}

/**
 * What a judge is asked, question by question, word for word as LLaVA asks it. Questions that one of the files does not
 * answer are left out and noted.
 *
 * @throws EvaluationError `context-missing`, `rule-missing` with the question's id; `answers-unrelated`.
 */
export function planReviews(options: PlanReviewsOptions): { reviews: PlannedReview[]; notes: string[] } {
  const { questions, contexts, rules, reference, candidate, swapped = false } = options
  const ids = new Map(questions.questions.map((question) => [String(question.id), question]))
  const notes = [reference, candidate].flatMap((file) => matchAnswers(ids, file).notes)
  const refuse = (question: EvaluationQuestion, what: string, code: string, fix: string) =>
    new EvaluationError(`Question ${question.id} ${what}.`, { code, file: questions.file, fix })
  const reviews = questions.questions.flatMap((question): PlannedReview[] => {
    const answers = [reference, candidate].map((file) => file.answers.get(String(question.id)))
    const [first, second] = swapped ? answers.toReversed() : answers
    if (first?.text === undefined || second?.text === undefined) return []
    const context = contexts.get(question.image ?? "")
    if (context === undefined) {
      const what = `has no context for its image ${question.image ?? "(none)"}`
      throw refuse(question, what, "context-missing", "Give the contexts that belong to these questions.")
    }
    const category = ruleName(question.category ?? "default", context)
    const rule = rules.get(category)
    if (rule === undefined) {
      const fix = `The rules are for ${[...rules.keys()].join(", ")}.`
      throw refuse(question, `is of the category ${category}, for which there is no rule`, "rule-missing", fix)
    }
    const content = judgePrompt({ context, question: question.text, answers: [first.text, second.text], rule })
    return [
      {
        questionId: question.id,
        answerIds: [first.answerId, second.answerId],
        category,
        messages: [
          { role: "system", content: judgeSettings.system },
          { role: "user", content },
        ],
      },
    ]
  })
  return { reviews, notes }
}

/** In the wild, where there are no boxes, the rules' names begin with `llava_bench_`. */
function ruleName(category: string, { instances }: ImageDescription): string {
  return instances === undefined && !category.startsWith("llava_bench_") ? `llava_bench_${category}` : category
}
