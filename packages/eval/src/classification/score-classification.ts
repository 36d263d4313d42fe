import type { AnswerFile } from "../answers/answer-file.ts"
import { matchAnswers } from "../answers/match-answers.ts"
import { EvaluationError } from "../evaluation-error.ts"
import type { QuestionFile } from "../run/parse-questions.ts"
import { percent } from "../statistics/percent.ts"
import { listSome } from "../tables/list-some.ts"

export interface ClassificationScore {
  /** Percent of all images; one without an answer counts as wrong. */
  accuracy: number | null
  /** The mean over classes of the percent of their images. */
  perClass: number | null
  correct: number
  total: number
  missing: number
  /** Answers that are no class of these images; wrong. */
  unknownLabels: number
  /** Of each class. */
  classes: Record<string, { correct: number; total: number }>
  notes: string[]
}

/**
 * Accuracy of labels: each image's label (`label` or `answer` of its question) against the answer's text, whatever their
 * case.
 *
 * @throws EvaluationError `record-invalid` for an image without a label; `answers-unrelated`.
 */
export function scoreClassification({ questions, file }: QuestionFile, predictions: AnswerFile): ClassificationScore {
  const ids = new Map(questions.map((question) => [String(question.id), question]))
  const { missing, notes } = matchAnswers(ids, predictions)
  const classes: ClassificationScore["classes"] = {}
  const truths = questions.map(({ id, answers }) => {
    const label = answers?.[0]
    if (label !== undefined) return { id: String(id), label }
    throw new EvaluationError(`The image ${id} has no label.`, {
      code: "record-invalid",
      file,
      fix: "Each has its class as `label` or `answer`.",
    })
  })
  const known = new Set(truths.map(({ label }) => sameCase(label)))
  const odd: string[] = []
  for (const { id, label } of truths) {
    const text = predictions.answers.get(id)?.text
    if (text !== undefined && !known.has(sameCase(text))) odd.push(`${id} ("${text}")`)
    const own = classes[label] ?? { correct: 0, total: 0 }
    classes[label] = own
    own.total++
    if (text !== undefined && sameCase(text) === sameCase(label)) own.correct++
  }
  if (odd.length > 0) notes.push(`${predictions.file}: ${odd.length} answers are no class: ${listSome(odd)}.`)
  const all = Object.values(classes)
  const correct = all.reduce((sum, one) => sum + one.correct, 0)
  const shares = all.reduce((sum, one) => sum + one.correct / one.total, 0)
  return {
    accuracy: percent(correct, truths.length),
    perClass: percent(shares, all.length),
    ...{ correct, total: truths.length, missing: missing.length, unknownLabels: odd.length, classes, notes },
  }
}

function sameCase(text: string): string {
  return text.trim().toLowerCase()
}
