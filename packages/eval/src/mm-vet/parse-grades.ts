import { EvaluationError } from "../evaluation-error.ts"
import { isRecord } from "../files/is-record.ts"
import { jsonEntries } from "../files/json-entries.ts"
import { parseJsonFile } from "../files/json-file.ts"

export interface Grade {
  id: string
  /** One per run; undefined for a run that failed. */
  scores: (number | undefined)[]
  line: number | undefined
}

export interface GradeFile {
  file: string
  grades: Grade[]
}

/**
 * MM-Vet's grade file, `{ id: { model, content, score: [run, …] } }`; `{ id: [score, …] }`, `{ id: score }` and lines or
 * lists of `{ id, score }` are read too. A score that is no number from 0 to 1 is a failed one.
 *
 * @param file named in errors
 * @throws EvaluationError `record-invalid`, `id-missing`, `id-repeated`
 */
export function parseGrades(text: string, file: string): GradeFile {
  const seen = new Set<string>()
  const grades = jsonEntries(parseJsonFile(text, file)).map(({ key, value, line: lineOf }) => {
    const line = lineOf()
    const fields = isRecord(value) ? value : { score: value }
    const id = key ?? fields["id"] ?? fields["question_id"]
    if (typeof id !== "string" && typeof id !== "number") {
      throw new EvaluationError("A grade has no id.", { code: "id-missing", file, line, fix: "It stands under `id`." })
    }
    const name = String(id)
    if (seen.has(name)) {
      throw new EvaluationError(`${name} is graded twice.`, {
        code: "id-repeated",
        file,
        line,
        fix: "Several runs of a judge are a list of scores under one id.",
      })
    }
    seen.add(name)
    return { id: name, scores: scoresOf(fields, name, file, line), line }
  })
  return { file, grades }
}

function scoresOf(
  fields: Record<string, unknown>,
  id: string,
  file: string,
  line: number | undefined,
): (number | undefined)[] {
  const held = fields["score"] ?? fields["scores"]
  if (held === undefined && !("score" in fields || "scores" in fields)) {
    throw new EvaluationError(`${id} has no score.`, {
      code: "record-invalid",
      file,
      line,
      fix: "A grade is { score: [number, …] } with one score of 0 to 1 per run.",
    })
  }
  const list: unknown[] = Array.isArray(held) ? held : [held]
  if (list.length === 0) return [undefined]
  return list.map((score) => (typeof score === "number" && score >= 0 && score <= 1 ? score : undefined))
}
