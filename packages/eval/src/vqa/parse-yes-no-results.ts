import { z } from "zod"
import { looksLikeTable } from "../answers/parse-answer-table.ts"
import { EvaluationError } from "../evaluation-error.ts"
import { checkEntry } from "../files/check-entry.ts"
import type { JsonEntry } from "../files/json-entries.ts"
import { parseJsonFile } from "../files/json-file.ts"
import { jsonRecords } from "../files/json-records.ts"
import { parseTable } from "../files/parse-table.ts"
import { shortName } from "../tables/short-name.ts"
import type { YesNoItem } from "./score-yes-no-pairs.ts"

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const schema = z
  .looseObject({
    category: z.string(),
    image_path: text.optional(),
    image: text.optional(),
    answer: text.optional(),
    label: text.optional(),
    prediction: text.optional(),
    text: text.optional(),
  })
  .transform(({ category, image_path, image, answer, label, prediction, text: reply }) => ({
    task: category,
    pair: image_path ?? image,
    label: answer ?? label,
    reply: prediction ?? reply,
  }))

/**
 * Yes-or-no questions with their truth and their replies in one file: MME's own result files (a task per file, named so;
 * image, question, truth and reply between tabs) or a table of VLMEvalKit with category, image_path, answer, prediction.
 *
 * @param file named in errors; its last part is the task of MME's own files
 * @throws EvaluationError `record-invalid` with the line, also for a truth that is neither yes nor no; `file-empty`.
 */
export function parseYesNoResults(content: string, file: string): YesNoItem[] {
  const items = isMmeFile(content) ? mmeItems(content, file) : tableItems(content, file)
  if (items.length > 0) return items
  throw new EvaluationError("There are no answers in the file.", { code: "file-empty", file, fix: "Make it again." })
}

/** Four fields between tabs in the first line, and no header. */
function isMmeFile(content: string): boolean {
  const first = content.replace(/^\uFEFF/, "").split("\n", 1)[0] ?? ""
  return /^[^\t]+\t[^\t]+\t(yes|no)\t/i.test(first)
}

function mmeItems(content: string, file: string): YesNoItem[] {
  const task = shortName(file).replace(/\.txt$/, "")
  const rows = content.replace(/^\uFEFF/, "").split("\n")
  return rows.flatMap((row, index) => {
    if (row.trim() === "") return []
    const [image, , truth, ...reply] = row.replace(/\r$/, "").split("\t")
    const found = { task, pair: image, label: truth, reply: reply.length === 0 ? undefined : reply.join("\t") }
    return [checkItem(found, file, index + 1)]
  })
}

function tableItems(content: string, file: string): YesNoItem[] {
  const entries: Pick<JsonEntry, "value" | "line">[] = looksLikeTable(content)
    ? parseTable(content).map(({ record, line }) => ({ value: record, line: () => line }))
    : jsonRecords(parseJsonFile(content, file))
  return entries.map((entry) => checkItem(checkEntry(entry, schema, { what: "A row", file }), file, entry.line()))
}

interface FoundItem {
  task: string
  pair: string | undefined
  label: string | undefined
  reply: string | undefined
}

function checkItem({ task, pair, label, reply }: FoundItem, file: string, line: number | undefined): YesNoItem {
  const truth = label?.trim().toLowerCase()
  if (pair !== undefined && (truth === "yes" || truth === "no")) return { task, pair, label: truth, reply }
  const what = pair === undefined ? "has no image" : `has the truth ${JSON.stringify(label ?? null)}, not yes or no`
  throw new EvaluationError(`A row of ${task} ${what}.`, {
    code: "record-invalid",
    file,
    line,
    fix: "Each question is about an image, and its answer is yes or no.",
  })
}
