import { EvaluationError } from "../evaluation-error.ts"
import { idSchema } from "../files/id-schema.ts"
import { isRecord } from "../files/is-record.ts"
import type { JsonEntry } from "../files/json-entries.ts"
import { firstOf, modelKeys } from "./answer-fields.ts"
import type { FileAnswer } from "./answer-file.ts"

export interface AnswerKeys {
  id: readonly string[]
  text: readonly string[]
}

/** One answer of a list or of lines: LLaVA's, COCO's, VQA's, lmms-eval's or VLMEvalKit's record. */
export function readAnswerRecord(
  entry: JsonEntry,
  file: string,
  keys: AnswerKeys,
): FileAnswer & { model: string | undefined } {
  const { key, value, line } = entry
  const id = idSchema.safeParse(
    key ?? firstOf(isRecord(value) ? value["doc"] : undefined, keys.id) ?? firstOf(value, keys.id),
  )
  if (!id.success || id.data === "") {
    throw new EvaluationError("An answer has no id.", {
      code: "id-missing",
      file,
      line: line(),
      fix: `The id stands under one of ${keys.id.join(", ")}.`,
    })
  }
  const text = textOf(value, keys.text)
  if (text === undefined) {
    throw new EvaluationError(`The answer to ${id.data} has no text.`, {
      code: "answer-missing",
      file,
      line: line(),
      fix: `The text stands under one of ${keys.text.join(", ")}.`,
    })
  }
  const model = firstOf(value, modelKeys)
  const answerId = isRecord(value) ? value["answer_id"] : undefined
  return {
    ...{ id: id.data, text, choice: undefined, line },
    ...(typeof answerId === "string" && { answerId }),
    model: typeof model === "string" ? model : undefined,
  }
}

function textOf(record: unknown, keys: readonly string[]): string | undefined {
  // lmms-eval: a list of the replies after its filter, or before it a list of such lists.
  const found = firstOf(record, ["filtered_resps", "resps"]) ?? firstOf(record, keys)
  const flat: unknown = Array.isArray(found) ? found.flat(Number.POSITIVE_INFINITY)[0] : found
  if (typeof flat === "number" || typeof flat === "boolean") return String(flat)
  return typeof flat === "string" ? flat : undefined
}
