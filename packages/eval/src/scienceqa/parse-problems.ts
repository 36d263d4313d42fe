import { EvaluationError } from "../evaluation-error.ts"
import { checkEntry } from "../files/check-entry.ts"
import { idSchema } from "../files/id-schema.ts"
import { isRecord } from "../files/is-record.ts"
import { type JsonEntry, jsonEntries } from "../files/json-entries.ts"
import { parseJsonFile } from "../files/json-file.ts"
import { type Problem, problemSchema } from "./problem.ts"

/**
 * ScienceQA's `problems.json`: an object of problems by id; a list or lines of problems that carry their id are read too.
 *
 * @param file named in errors
 * @throws EvaluationError `record-invalid` where a problem lacks something or its answer is outside its choices,
 *   `id-repeated`, `id-missing`.
 */
export function parseProblems(text: string, file: string): Map<string, Problem> {
  const problems = new Map<string, Problem>()
  for (const entry of jsonEntries(parseJsonFile(text, file))) {
    const id = entry.key ?? idOf(entry, file)
    if (problems.has(id)) {
      throw new EvaluationError(`The problem ${id} is there twice.`, {
        code: "id-repeated",
        file,
        line: entry.line(),
        fix: "Keep one of them.",
      })
    }
    problems.set(id, checkEntry(entry, problemSchema, { what: `The problem ${id}`, file }))
  }
  return problems
}

function idOf({ value, line }: JsonEntry, file: string): string {
  const fields = isRecord(value) ? value : {}
  const id = idSchema.safeParse(fields["id"] ?? fields["pid"] ?? fields["qid"] ?? fields["question_id"])
  if (id.success) return id.data
  throw new EvaluationError("A problem has no id.", {
    code: "id-missing",
    file,
    line: line(),
    fix: "Problems are the values of an object whose keys are their ids, or carry one as `id`.",
  })
}
