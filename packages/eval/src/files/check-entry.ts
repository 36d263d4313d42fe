import type { z } from "zod"
import { EvaluationError } from "../evaluation-error.ts"
import type { JsonEntry } from "./json-entries.ts"

/**
 * The entry's value as the schema wants it.
 * @param what names the entry in errors, such as `The problem 7727`
 * @throws EvaluationError `record-invalid` with file and line.
 */
export function checkEntry<Schema extends z.ZodType>(
  { value, line }: Pick<JsonEntry, "value" | "line">,
  schema: Schema,
  { what, file }: { what: string; file: string },
): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const where = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `
  throw new EvaluationError(`${what} is not of this format (${where}${issue?.message ?? "unknown reason"}).`, {
    code: "record-invalid",
    file,
    line: line(),
    fix: "The format of each file is described in the documentation of @llava/eval.",
  })
}
