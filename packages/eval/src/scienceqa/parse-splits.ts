import { z } from "zod"
import { EvaluationError } from "../evaluation-error.ts"
import { checkEntry } from "../files/check-entry.ts"
import { idSchema } from "../files/id-schema.ts"
import { parseJsonFile } from "../files/json-file.ts"

const splitsSchema = z.record(z.string(), z.array(idSchema))

/** The ids of each split, in the order of the file. */
export type Splits = Readonly<Record<string, readonly string[]>>

/**
 * ScienceQA's `pid_splits.json`.
 *
 * @param file named in errors
 * @throws EvaluationError `record-invalid`, `id-repeated`
 */
export function parseSplits(text: string, file: string): Splits {
  const json = parseJsonFile(text, file)
  const value = json.kind === "value" ? json.value : undefined
  const splits = checkEntry({ value, line: () => 1 }, splitsSchema, { what: "The file", file })
  for (const [name, ids] of Object.entries(splits)) {
    if (new Set(ids).size === ids.length) continue
    const repeated = ids.find((id, index) => ids.indexOf(id) !== index) as string
    throw new EvaluationError(`The split ${name} has the id ${repeated} twice.`, {
      code: "id-repeated",
      file,
      line: json.kind === "value" ? json.lineOf([name, ids.lastIndexOf(repeated)]) : undefined,
      fix: "Remove one.",
    })
  }
  return splits
}
