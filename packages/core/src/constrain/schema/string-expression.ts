import { jsonString } from "../json/json-string.ts"
import type { Expression } from "../machine/expression.ts"
import { patternExpression } from "../pattern/pattern-expression.ts"
import { countKeyword } from "./count-keyword.ts"
import { schemaError } from "./schema-error.ts"

export function stringExpression(schema: Readonly<Record<string, unknown>>, path: string): Expression {
  const min = countKeyword(schema, "minLength", 0, path)
  const max = countKeyword(schema, "maxLength", Number.POSITIVE_INFINITY, path)
  if (min > max) throw schemaError(path, "wants more characters than it allows")
  const { pattern } = schema
  if (pattern === undefined) return jsonString(min, max)
  if (min > 0 || max < Number.POSITIVE_INFINITY) {
    throw schemaError(path, "has a pattern and a length together, which is not supported")
  }
  try {
    return patternExpression(String(pattern))
  } catch (cause) {
    throw schemaError(
      path,
      `has a pattern that ${cause instanceof Error ? cause.message : cause}, which is not supported`,
    )
  }
}
