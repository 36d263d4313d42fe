import { describeIssue } from "../config/describe-issue.ts"
import { DatasetError } from "./dataset-error.ts"
import { lineOfItem } from "./line-of-item.ts"
import { parseJsonLines } from "./parse-json-lines.ts"
import { type TrainingSample, trainingSampleSchema } from "./training-sample.ts"

/**
 * The samples of a LLaVA training file: a JSON array, as published, or one sample per line.
 *
 * @param file named in errors
 * @throws DatasetError with file and line.
 */
export function parseTrainingSamples(text: string, file: string): TrainingSample[] {
  const content = text.replace(/^\uFEFF/, "")
  if (!content.trimStart().startsWith("[")) return parseJsonLines(content, trainingSampleSchema, file)
  return parseArray(content, file).map((value, index) => {
    const result = trainingSampleSchema.safeParse(value)
    if (result.success) return result.data
    throw new DatasetError(`Sample ${index}: ${describeIssue(result.error).what}.`, {
      code: "sample-invalid",
      file,
      line: lineOfItem(content, index),
      fix: "A sample is { id, image?, conversations: [{ from: human or gpt, value }] }.",
    })
  })
}

function parseArray(content: string, file: string): unknown[] {
  try {
    return JSON.parse(content) as unknown[]
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause)
    const position = /at position (\d+)/.exec(what)?.[1]
    const end = position === undefined ? content.length : Number(position)
    throw new DatasetError(`The file is not JSON: ${what}.`, {
      code: "file-invalid",
      file,
      line: content.slice(0, end).split("\n").length,
      fix: "It may be cut off; fetch it again.",
      cause,
    })
  }
}
