import { z } from "zod"
import { checkEntry } from "../files/check-entry.ts"
import { jsonEntries } from "../files/json-entries.ts"
import { parseJsonFile } from "../files/json-file.ts"
import type { JudgeRule } from "./judge-prompt.ts"

const schema = z.looseObject({ role: z.string(), prompt: z.string() })

/**
 * LLaVA's `rule.json`: what a judge is told for each category of questions.
 * @throws EvaluationError `record-invalid`
 */
export function parseJudgeRules(text: string, file: string): Map<string, JudgeRule> {
  return new Map(
    jsonEntries(parseJsonFile(text, file)).map((entry) => {
      const { role, prompt } = checkEntry(entry, schema, { what: `The rule ${entry.key ?? ""}`, file })
      return [entry.key ?? "", { role, prompt }] as const
    }),
  )
}
