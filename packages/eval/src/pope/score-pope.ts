import type { AnswerFile } from "../answers/answer-file.ts"
import { matchAnswers } from "../answers/match-answers.ts"
import { EvaluationError } from "../evaluation-error.ts"
import { formatTable } from "../tables/format-table.ts"
import { type BinaryFigures, binaryFigures } from "./binary-figures.ts"
import type { PopeAnnotation, PopeQuestion } from "./parse-pope.ts"
import { parseReply } from "./parse-reply.ts"

export interface ScorePopeOptions {
  questions: readonly PopeQuestion[]
  /** Of each split to score: its annotations, in the order of the split's questions, and where they were read. */
  splits: readonly { split: string; file: string; annotations: readonly PopeAnnotation[] }[]
  predictions: AnswerFile
}

export interface PopeFigures extends BinaryFigures {
  /** Replies with neither yes nor no; by POPE's rule they count as yes. */
  unparsed: number
  /** Questions without an answer; they are in no figure. */
  missing: number
  total: number
}

export interface PopeScore {
  splits: Record<string, PopeFigures>
  notes: string[]
  table: string
}

/**
 * POPE's figures, per split. Answers join the questions by id; annotations, whose ids begin anew in each split, join the
 * questions of their split by order.
 *
 * @throws EvaluationError `annotations-differ` where annotations and questions do not stand in the same order,
 *   `split-unknown`, `answers-unrelated`.
 */
export function scorePope({ questions, splits, predictions }: ScorePopeOptions): PopeScore {
  const ids = new Set(questions.map(({ question_id }) => question_id))
  const scores: Record<string, PopeFigures> = {}
  const notes: string[] = []
  for (const { split, file, annotations } of splits) {
    const own = questions.filter(({ category }) => category === split)
    refuseDifferentOrder(split, file, own, annotations)
    const ofSplit = new Set(own.map(({ question_id }) => question_id))
    const match = matchAnswers(ofSplit, predictions, (id) => ids.has(id))
    if (match.missing.length > 0) notes.push(...match.notes.slice(0, 1))
    const replies = own.flatMap(({ question_id }, index) => {
      const text = predictions.answers.get(question_id)?.text
      return text === undefined ? [] : [{ ...parseReply(text), label: annotations[index]!.label }]
    })
    scores[split] = {
      ...binaryFigures(replies),
      unparsed: replies.filter(({ parsed }) => !parsed).length,
      missing: own.length - replies.length,
      total: own.length,
    }
  }
  const unknown = matchAnswers(ids, predictions)
  if (unknown.unknown.length > 0) notes.push(unknown.notes.at(-1)!)
  return { splits: scores, notes, table: popeTable(scores) }
}

function refuseDifferentOrder(
  split: string,
  file: string,
  questions: readonly PopeQuestion[],
  annotations: readonly PopeAnnotation[],
): void {
  if (questions.length === 0) {
    throw new EvaluationError(`No question is of the split "${split}".`, {
      code: "split-unknown",
      file,
      fix: "The split's name must be the category of its questions.",
    })
  }
  const fix = "Annotations join the questions of their split by order: take the files that were published together."
  if (questions.length !== annotations.length) {
    throw new EvaluationError(
      `There are ${annotations.length} annotations for the ${questions.length} questions of the split "${split}".`,
      { code: "annotations-differ", file, line: annotations.at(-1)?.line, fix },
    )
  }
  for (const [index, { image, text, line }] of annotations.entries()) {
    const question = questions[index]!
    const otherImage = image !== undefined && question.image !== undefined && image !== question.image
    if (!otherImage && (text === undefined || question.text.includes(text))) continue
    throw new EvaluationError(
      `The annotation of "${text}" on ${image} stands where the questions have ${question.question_id}, "${question.text}" on ${question.image}.`,
      { code: "annotations-differ", file, line, fix },
    )
  }
}

function popeTable(scores: Record<string, PopeFigures>): string {
  const names = ["accuracy", "precision", "recall", "f1", "yesRatio"] as const
  return formatTable(
    ["", ...names, "unparsed", "missing", "questions"],
    Object.entries(scores).map(([split, figures]) => [
      split,
      ...names.map((name) => figures[name]?.toFixed(2) ?? "-"),
      String(figures.unparsed),
      String(figures.missing),
      String(figures.total),
    ]),
  )
}
