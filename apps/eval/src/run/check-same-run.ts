import { AppError } from "@llava/app-common"
import { z } from "zod"

/** An answer or a review, with what it depends on. */
const recordSchema = z.looseObject({
  question_id: z.union([z.string(), z.number()]),
  metadata: z.looseObject({ run: z.looseObject({}) }),
})

/**
 * The ids of the questions that a file answers already. Errors: AppError "run-differs" where its answers were made otherwise, naming the
 * first difference; "file-invalid" where it holds something else, or an id twice.
 */
export function checkSameRun(records: readonly unknown[], run: object, file: string): Set<string> {
  const ids = new Set<string>()
  for (const [index, record] of records.entries()) {
    const answer = recordSchema.safeParse(record)
    if (!answer.success) {
      throw new AppError(`${file}:${index + 1}: This is no line that such a run has written.`, {
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
    const difference = firstDifference(answer.data.metadata.run, JSON.parse(JSON.stringify(run)), "")
    if (difference !== undefined) {
      throw new AppError(`${file} holds lines that were made otherwise: ${difference}.`, {
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
