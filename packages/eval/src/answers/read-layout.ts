import { EvaluationError } from "../evaluation-error.ts"
import { isRecord } from "../files/is-record.ts"
import { type JsonEntry, jsonEntries } from "../files/json-entries.ts"
import type { JsonFile } from "../files/json-file.ts"
import { firstOf, modelKeys } from "./answer-fields.ts"
import type { FileAnswer } from "./answer-file.ts"
import { type AnswerKeys, readAnswerRecord } from "./read-answer-record.ts"
import { readRecordedAnswers } from "./read-recorded-answers.ts"

export type FoundAnswer = FileAnswer & { model: string | undefined }

/** The answers of a JSON file, and the name of its layout. */
export function readLayout(json: JsonFile, file: string, keys: AnswerKeys): { layout: string; found: FoundAnswer[] } {
  const top = json.kind === "value" && isRecord(json.value) ? json.value : undefined
  if (top === undefined) {
    const entries = jsonEntries(json)
    const form = json.kind === "lines" ? "lines" : "list"
    return {
      layout: layoutOfRecords(entries, form),
      found: entries.map((entry) => readAnswerRecord(entry, file, keys)),
    }
  }
  if (isRecord(top["outputs"]) || isRecord(top["results"])) return readRecordedAnswers(json, top, file)
  const lists = [["correct", "incorrect"], ["logs"], ["data"], ["answers"]].find((names) =>
    names.every((name) => Array.isArray(top[name])),
  )
  if (lists !== undefined) {
    const entries = lists.flatMap((name) => jsonEntries(json, [name]))
    const layout = lists.length > 1 ? `{ ${lists.join(", ")} }` : layoutOfRecords(entries, "list")
    return { layout, found: entries.map((entry) => readAnswerRecord(entry, file, keys)) }
  }
  if (firstOf(top, keys.id) !== undefined && firstOf(top, keys.text) !== undefined) {
    return { layout: "answer lines", found: [readAnswerRecord(alone(json), file, keys)] }
  }
  const found = jsonEntries(json).map((entry) => {
    if (isRecord(entry.value)) return readAnswerRecord(entry, file, keys)
    return { ...readValue(entry, file), model: undefined }
  })
  return { layout: "{ id: answer }", found }
}

function alone(json: JsonFile): JsonEntry {
  return { key: undefined, value: json.kind === "value" ? json.value : undefined, line: () => 1 }
}

function readValue({ key, value, line }: JsonEntry, file: string): FileAnswer {
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
  if (key !== undefined && typeof only === "string") return { id: key.trim(), text: only, choice: undefined, line }
  if (key !== undefined && typeof only === "number") {
    return { id: key.trim(), text: undefined, choice: only, line }
  }
  throw new EvaluationError(`${key ?? "An entry"} holds neither a text nor a number.`, {
    code: "layout-unknown",
    file,
    line: line(),
    fix: "Known layouts: { outputs: { id: text } }, { results: { id: index } }, answer lines, lists of answers.",
  })
}

function layoutOfRecords(entries: readonly JsonEntry[], form: "lines" | "list"): string {
  const first = entries[0]?.value
  if (isRecord(first) && ("filtered_resps" in first || "resps" in first)) return "lmms-eval samples"
  if (isRecord(first) && "index" in first && "prediction" in first) return "VLMEvalKit records"
  const named = firstOf(first, modelKeys) === undefined ? "" : " with model"
  return form === "lines" ? `answer lines${named}` : `list of answers${named}`
}
