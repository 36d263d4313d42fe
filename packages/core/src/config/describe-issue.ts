import type { z } from "zod"

/** The first thing that a schema found wrong: the key (`text_config.vocab_size`, empty for the whole) and the matter. */
export function describeIssue(error: z.ZodError): { key: string; what: string } {
  const issue = error.issues[0]
  if (!issue) return { key: "", what: "it does not fit the format" }
  const key = issue.path.map(String).join(".")
  return { key, what: key === "" ? issue.message : `${key}: ${issue.message}` }
}
