import { parseTable } from "../files/parse-table.ts"
import type { AnswerKeys } from "./read-answer-record.ts"
import { readAnswerRecord } from "./read-answer-record.ts"
import type { FoundAnswer } from "./read-layout.ts"

/** Whether a text is a table with a header rather than JSON. */
export function looksLikeTable(text: string): boolean {
  const [header = ""] = text
    .replace(/^\uFEFF/, "")
    .trimStart()
    .split("\n", 1)
  return !/^[[{"]/.test(header) && /[\t,]/.test(header)
}

/** The answers of a table of VLMEvalKit, saved as TSV or CSV: the columns `index` and `prediction`. */
export function parseAnswerTable(
  text: string,
  file: string,
  keys: AnswerKeys,
): { layout: string; found: FoundAnswer[] } {
  const found = parseTable(text).map(({ record, line }) =>
    readAnswerRecord({ key: undefined, value: record, line: () => line }, file, keys),
  )
  return { layout: "VLMEvalKit table", found }
}
