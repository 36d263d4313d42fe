import { type ExchangedSample, exchangedSampleSchema } from "./exchanged-sample.ts"
import { ImportProblem } from "./import-problem.ts"

const whatFits = "Choose a file that this page exported, or one in LLaVA's format."

/** The samples of a file: a JSON array, one sample, or one per line. Errors: ImportProblem, with the sample's number. */
export function readSamples(text: string, file: string): ExchangedSample[] {
  const values = readValues(text.replace(/^\uFEFF/, "").trim())
  if (!values || values.length === 0) throw new ImportProblem(`${file} holds no conversations.`, whatFits)
  return values.map((value, index) => {
    const result = exchangedSampleSchema.safeParse(value)
    if (result.success) return result.data
    const place = result.error.issues[0]?.path.join(".") || "its form"
    throw new ImportProblem(`Conversation ${index + 1} of ${file} cannot be read: ${place} is not right.`, whatFits)
  })
}

function readValues(text: string): unknown[] | undefined {
  const whole = parse(text)
  if (whole) return [whole.value].flat()
  const lines = text.split("\n").filter((line) => line.trim() !== "")
  const values = lines.map(parse)
  return values.every((line) => line !== undefined) ? values.map(({ value }) => value) : undefined
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}
