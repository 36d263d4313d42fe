import { AppError } from "@llava/app-common"
import { answerSchema } from "@llava/core"
import type { RunRecord } from "@llava/eval"

/**
 * The ids that a file answers already. Errors: AppError "run-differs" where its answers were made otherwise, naming the
 * first difference; "file-invalid" where it holds something else, or an id twice.
 */
export function checkSameRun(records: readonly unknown[], run: RunRecord, file: string): Set<string> {
  const ids = new Set<string>()
  for (const [index, record] of records.entries()) {
    const answer = answerSchema.safeParse(record)
    const made = answer.data?.metadata?.["run"]
    if (!answer.success || made === undefined) {
      throw new AppError(`${file}:${index + 1}: This is no answer that \`run\` has written.`, {
        code: "file-invalid",
        fix: "Choose another --output.",
      })
    }
    const id = String(answer.data.question_id)
    if (ids.has(id)) {
      throw new AppError(`${file}:${index + 1}: The question ${id} is answered twice.`, {
        code: "file-invalid",
        fix: "Remove one of the lines.",
      })
    }
    const difference = firstDifference(made, JSON.parse(JSON.stringify(run)), "")
    if (difference !== undefined) {
      throw new AppError(`${file} holds answers that were made otherwise: ${difference}.`, {
        code: "run-differs",
        fix: "Choose another --output, or --restart to discard them.",
      })
    }
    ids.add(id)
  }
  return ids
}

/** Where two JSON values first differ, in words. */
function firstDifference(before: unknown, now: unknown, path: string): string | undefined {
  const isBranch = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null
  if (!isBranch(before) || !isBranch(now)) {
    return before === now ? undefined : `${path} was ${JSON.stringify(before)} and is ${JSON.stringify(now)}`
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const found = firstDifference(before[key], now[key], path === "" ? key : `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}
