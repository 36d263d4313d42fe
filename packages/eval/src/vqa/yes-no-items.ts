import type { AnswerFile } from "../answers/answer-file.ts"
import { matchAnswers } from "../answers/match-answers.ts"
import { EvaluationError } from "../evaluation-error.ts"
import type { QuestionFile } from "../run/parse-questions.ts"
import type { YesNoItem } from "./score-yes-no-pairs.ts"

/**
 * The replies of an answer file beside the truths of a question file, which has them as `label` or `answer`. Questions
 * about one image of one category make a pair. A question without a reply counts as wrong, and is noted.
 *
 * @throws EvaluationError `record-invalid` for a question without a truth of yes or no; `answers-unrelated`.
 */
export function yesNoItems(
  { questions, file }: QuestionFile,
  predictions: AnswerFile,
): { items: YesNoItem[]; notes: string[] } {
  const ids = new Map(questions.map((question) => [String(question.id), question]))
  const { notes } = matchAnswers(ids, predictions)
  const items = questions.map(({ id, image, category, answers }): YesNoItem => {
    const label = answers?.[0]?.trim().toLowerCase()
    if (label !== "yes" && label !== "no") {
      throw new EvaluationError(
        `The question ${id} has ${label === undefined ? "no truth" : `the truth "${label}"`}.`,
        {
          code: "record-invalid",
          file,
          fix: "Each question has its truth, yes or no, as `label` or `answer`.",
        },
      )
    }
    const reply = predictions.answers.get(String(id))?.text
    return { task: category ?? "all", pair: image ?? String(id).replace(/#\d+$/, ""), label, reply }
  })
  return { items, notes }
}
