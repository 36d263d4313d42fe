import { EvaluationError } from "../evaluation-error.ts"
import { isRecord } from "../files/is-record.ts"
import { jsonEntries } from "../files/json-entries.ts"
import type { JsonFile } from "../files/json-file.ts"
import type { FoundAnswer } from "./read-layout.ts"

/** ScienceQA's own layout: `outputs`, the texts by id; `results`, the indices that were read from them; either or both. */
export function readRecordedAnswers(
  json: JsonFile,
  top: Record<string, unknown>,
  file: string,
): { layout: string; found: FoundAnswer[] } {
  const found = new Map<string, FoundAnswer>()
  for (const part of ["outputs", "results"].filter((name) => isRecord(top[name]))) {
    for (const { key = "", value, line } of jsonEntries(json, [part])) {
      const id = key.trim()
      const before = found.get(id) ?? { id, text: undefined, choice: undefined, line, model: undefined }
      if (part === "outputs" && typeof value === "string") found.set(id, { ...before, text: value })
      else if (part === "results" && isIndex(value)) found.set(id, { ...before, choice: Number(value) })
      else if (part === "results" && typeof value === "string") found.set(id, { ...before, text: before.text ?? value })
      else {
        throw new EvaluationError(`${part}.${id} is ${JSON.stringify(value)}.`, {
          code: "answer-missing",
          file,
          line: line(),
          fix: "`outputs` holds texts, `results` the indices of choices (-1 for none).",
        })
      }
    }
  }
  const names = ["outputs", "results"].filter((name) => isRecord(top[name]))
  return { layout: `{ ${names.join(", ")} }`, found: [...found.values()] }
}

function isIndex(value: unknown): boolean {
  return Number.isInteger(value) || (typeof value === "string" && /^-?\d+$/.test(value.trim()))
}
