import { DatasetError, describeIssue, type TrainingSample, trainingSampleSchema } from "@llava/core"

export interface SamplePlace {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 0, in its file. */
  readonly index: number
}

const utf8 = new TextDecoder("utf-8", { fatal: true })

/** A sample from its bytes. Errors: DatasetError "sample-invalid" with file, line and, where it has one, its id. */
export function parseSample(bytes: Uint8Array, place: SamplePlace): TrainingSample {
  let value: unknown
  try {
    value = JSON.parse(utf8.decode(bytes))
  } catch (cause) {
    const what = cause instanceof SyntaxError ? `not JSON: ${cause.message}` : "not UTF-8"
    throw invalid(place, undefined, what, cause)
  }
  const result = trainingSampleSchema.safeParse(value)
  if (result.success) return result.data
  const id = typeof value === "object" && value !== null && "id" in value ? value.id : undefined
  throw invalid(place, id, describeIssue(result.error).what)
}

function invalid({ file, line, index }: SamplePlace, id: unknown, what: string, cause?: unknown): DatasetError {
  const name = typeof id === "string" || typeof id === "number" ? `${index} (id ${JSON.stringify(id)})` : `${index}`
  return new DatasetError(`Sample ${name}: ${what}.`, {
    code: "sample-invalid",
    ...{ file, line, cause },
    fix: "A sample is { id, image?, conversations: [{ from: human or gpt, value }] }.",
  })
}
