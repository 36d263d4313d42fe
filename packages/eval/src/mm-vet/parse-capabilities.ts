import { z } from "zod"
import { checkEntry } from "../files/check-entry.ts"
import { jsonEntries } from "../files/json-entries.ts"
import { parseJsonFile } from "../files/json-file.ts"

const questionSchema = z.looseObject({ capability: z.array(z.string()).min(1) })

/**
 * The capabilities that each question of `mm-vet.json` asks for.
 * @throws EvaluationError `record-invalid`
 */
export function parseCapabilities(text: string, file: string): Map<string, readonly string[]> {
  return new Map(
    jsonEntries(parseJsonFile(text, file)).map((entry) => {
      const id = entry.key ?? String((entry.value as { id?: unknown } | null)?.id)
      return [id, checkEntry(entry, questionSchema, { what: `The question ${id}`, file }).capability]
    }),
  )
}
