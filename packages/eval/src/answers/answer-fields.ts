import { isRecord } from "../files/is-record.ts"

/** Where answer files of different projects keep their id, text and model; the first that is there counts. */
export const idKeys = ["question_id", "questionId", "id", "pid", "qid", "problem_id", "image_id", "index", "doc_id"]
export const textKeys = ["text", "prediction", "pred", "output", "response", "generated_text", "caption", "answer"]
export const modelKeys = ["model_id", "model"]

/** The value of the first of `keys` that the record has. */
export function firstOf(record: unknown, keys: readonly string[]): unknown {
  if (!isRecord(record)) return undefined
  const key = keys.find((name) => record[name] !== undefined && record[name] !== null)
  return key === undefined ? undefined : record[key]
}
