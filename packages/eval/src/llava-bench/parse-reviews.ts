import { EvaluationError } from "../evaluation-error.ts"
import { idSchema } from "../files/id-schema.ts"
import { isRecord } from "../files/is-record.ts"
import { parseJsonFile } from "../files/json-file.ts"
import { jsonRecords } from "../files/json-records.ts"
import { type ScorePair, scoresOf } from "./review-score.ts"

export interface FileReview {
  question: string
  category: string | undefined
  /** Undefined for a review that failed. */
  scores: ScorePair | undefined
  /** Whether the judge saw the candidate's answer first; the scores are the reference's and the candidate's all the same. */
  swapped: boolean
  line: number | undefined
}

/** The reviews of one run of a judge. */
export interface ReviewFile {
  file: string
  reviews: FileReview[]
}

/**
 * A review file of LLaVA: `{ question_id, category, tuple: [reference, candidate] }` per line, or as a list.
 *
 * @param file named in errors
 * @throws EvaluationError `line-invalid` for a line that is cut off, `record-invalid`, `id-repeated`, `file-empty`.
 */
export function parseReviews(text: string, file: string): ReviewFile {
  const lines = new Map<string, number | undefined>()
  const reviews = jsonRecords(parseJsonFile(text, file)).map(({ value, line: lineOf }) => {
    const line = lineOf()
    const id = idSchema.safeParse(isRecord(value) ? value["question_id"] : undefined)
    if (!id.success || !isRecord(value) || !["tuple", "score", "content", "text"].some((name) => name in value)) {
      throw new EvaluationError("This is no review.", {
        code: "record-invalid",
        file,
        line,
        fix: "A review is { question_id, category, content, tuple: [reference, candidate] }.",
      })
    }
    if (lines.has(id.data)) {
      throw new EvaluationError(`The question ${id.data} is reviewed twice, first in line ${lines.get(id.data)}.`, {
        code: "id-repeated",
        file,
        line,
        fix: "Keep one review per question in a file; several runs of a judge are several files.",
      })
    }
    lines.set(id.data, line)
    const category = value["category"]
    return {
      question: id.data,
      category: category == null ? undefined : String(category),
      scores: scoresOf(value),
      swapped: isRecord(value["metadata"]) && value["metadata"]["swapped"] === true,
      line,
    }
  })
  return { file, reviews }
}
