import { isDeepStrictEqual } from "node:util"
import { AppError } from "@llava/app-common"
import type { ChatMessage } from "@llava/eval"
import { checkSameRun } from "@llava/eval-app"

/**
 * The ids that a file of replies answers already. Errors: AppError "run-differs" where its model, its settings or a
 * question were others; "file-invalid".
 */
export function checkSameQuestions(
  records: readonly unknown[],
  { run, questions }: { run: object; questions: ReadonlyMap<string, readonly ChatMessage[]> },
  file: string,
): Set<string> {
  const answered = checkSameRun(records, run, file)
  for (const [index, record] of records.entries()) {
    const { question_id: id, metadata } = record as { question_id: string; metadata: { messages?: unknown } }
    const question = questions.get(String(id))
    if (question === undefined || isDeepStrictEqual(question, metadata.messages)) continue
    throw new AppError(`${file}:${index + 1}: The problem ${id} was asked otherwise.`, {
      code: "run-differs",
      fix: "Choose another --output.",
    })
  }
  return new Set([...answered].filter((id) => questions.has(id)))
}
