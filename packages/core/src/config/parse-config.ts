import type { z } from "zod"
import { ConfigError } from "./config-error.ts"
import { describeIssue } from "./describe-issue.ts"

/**
 * A configuration by its schema, absent keys filled with their defaults. A key that is `null` counts as absent, as
 * configuration files of Hugging Face often write it.
 *
 * @param file named in errors
 * @throws ConfigError `config-invalid` naming file and key.
 */
export function parseConfig<Schema extends z.ZodType>(schema: Schema, value: unknown, file: string): z.output<Schema> {
  const result = schema.safeParse(withoutNulls(value))
  if (result.success) return result.data
  const { key, what } = describeIssue(result.error)
  throw new ConfigError(`${what}.`, { code: "config-invalid", file, key, fix: "Compare it with the model's source." })
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== null))
}
