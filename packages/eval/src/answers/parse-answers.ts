import { EvaluationError } from "../evaluation-error.ts"
import { parseJsonFile } from "../files/json-file.ts"
import { idKeys, textKeys } from "./answer-fields.ts"
import type { AnswerFile, FileAnswer } from "./answer-file.ts"
import { looksLikeTable, parseAnswerTable } from "./parse-answer-table.ts"
import { type FoundAnswer, readLayout } from "./read-layout.ts"

export interface ParseAnswersOptions {
  /** Keys that may hold the id, the first that is there counts. */
  idKeys?: readonly string[]
  /** Keys that may hold the text. */
  textKeys?: readonly string[]
  /** Some benchmarks (MME) ask twice under one id: the second answer then gets `#2` after it. Otherwise that is refused. */
  numberRepeated?: boolean
}

/**
 * An answer file of any published layout, told by looking at it: ScienceQA's `{ outputs, results }`, LLaVA's answer
 * lines and its `{ correct, incorrect }`, lists of records, `{ id: text }`, lmms-eval's samples, VLMEvalKit's tables (as
 * TSV, CSV or JSON).
 *
 * @param file named in errors
 * @throws EvaluationError `file-empty`, `line-invalid`, `file-invalid`, `layout-unknown`, `id-missing`, `answer-missing`,
 *   `id-repeated`; `models-mixed` where the answers name more than one model. Each names the line.
 */
export function parseAnswers(text: string, file: string, options: ParseAnswersOptions = {}): AnswerFile {
  const keys = { id: options.idKeys ?? idKeys, text: options.textKeys ?? textKeys }
  const { layout, found } = looksLikeTable(text)
    ? parseAnswerTable(text, file, keys)
    : readLayout(parseJsonFile(text, file), file, keys)
  const answers = new Map<string, FileAnswer>()
  let model: string | undefined
  for (const answer of options.numberRepeated === true ? numberRepeated(found) : found) {
    const { id, line } = answer
    const before = answers.get(id)
    if (before !== undefined) {
      throw new EvaluationError(`The question ${id} is answered twice, first in line ${before.line() ?? "?"}.`, {
        code: "id-repeated",
        file,
        line: line(),
        fix: "Keep one of the answers.",
      })
    }
    if (model !== undefined && answer.model !== undefined && answer.model !== model) {
      throw new EvaluationError(`The question ${id} is answered by ${answer.model}, the ones before by ${model}.`, {
        code: "models-mixed",
        file,
        line: line(),
        fix: "Put the answers of each model in a file of their own.",
      })
    }
    model ??= answer.model
    answers.set(id, answer)
  }
  if (answers.size === 0) {
    throw new EvaluationError("There are no answers in the file.", { code: "file-empty", file, fix: "Make it again." })
  }
  return { file, layout, model, answers }
}

function numberRepeated(found: readonly FoundAnswer[]): FoundAnswer[] {
  const counts = new Map<string, number>()
  return found.map((answer) => {
    const count = (counts.get(answer.id) ?? 0) + 1
    counts.set(answer.id, count)
    return count === 1 ? answer : { ...answer, id: `${answer.id}#${count}` }
  })
}
