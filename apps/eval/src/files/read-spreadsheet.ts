import { EvaluationError } from "@llava/eval"
import { readSheet } from "read-excel-file/node"

/**
 * The first sheet of an XLSX file as a JSON list of records by its header, a line for each row, so that errors name the
 * row. Errors: EvaluationError `file-invalid`, `file-empty`.
 */
export async function readSpreadsheet(bytes: Buffer, file: string): Promise<string> {
  const [header, ...rows] = await readSheet(bytes).catch((cause: unknown) => {
    throw new EvaluationError("The spreadsheet cannot be read.", {
      code: "file-invalid",
      file,
      fix: "It may be cut off; fetch or make it again. Only .xlsx is read, not .xls.",
      cause,
    })
  })
  if (header === undefined || rows.length === 0) {
    throw new EvaluationError("The spreadsheet has no rows.", { code: "file-empty", file, fix: "Make it again." })
  }
  const records = rows.map((row) =>
    JSON.stringify(Object.fromEntries(header.map((name, index) => [String(name ?? ""), row[index] ?? ""]))),
  )
  return `[\n${records.join(",\n")}\n]`
}
