import type { z } from "zod"
import { describeIssue } from "../config/describe-issue.ts"
import { DatasetError } from "./dataset-error.ts"

/**
 * The records of a file with one JSON value per line; empty lines are skipped.
 *
 * @param file named in errors
 * @throws DatasetError `line-invalid` with file and line.
 */
export function parseJsonLines<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  file: string,
): z.output<Schema>[] {
  const fix = "Each line must be one JSON object of this format."
  return text.split("\n").flatMap((content, index) => {
    if (content.trim() === "") return []
    const line = index + 1
    let value: unknown
    try {
      value = JSON.parse(index === 0 ? content.replace(/^\uFEFF/, "") : content)
    } catch (cause) {
      throw new DatasetError("The line is not JSON.", { code: "line-invalid", file, line, fix, cause })
    }
    const result = schema.safeParse(value)
    if (result.success) return [result.data]
    throw new DatasetError(`${describeIssue(result.error).what}.`, { code: "line-invalid", file, line, fix })
  })
}
