import { describeIssue, TokenizerError } from "@llava/core"
import type { z } from "zod"

/** Parses and checks a JSON file of a tokenizer. @throws TokenizerError naming the file, the key and what is wrong. */
export function parseJsonFile<T extends z.ZodType>(schema: T, text: string, file: string): z.output<T> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new TokenizerError(`It is no JSON (${cause instanceof Error ? cause.message : cause}).`, {
      code: "malformed-tokenizer-file",
      file,
      fix: "The file is damaged; download it again.",
      cause,
    })
  }
  const result = schema.safeParse(json)
  if (result.success) return result.data
  throw new TokenizerError(`It does not have the expected form: ${describeIssue(result.error).what}.`, {
    code: "malformed-tokenizer-file",
    file,
    fix: "Compare it with the file that the model's authors publish.",
  })
}
