import { choice } from "../machine/choice.ts"
import type { Expression } from "../machine/expression.ts"
import { listOf } from "./list-of.ts"
import { schemaError } from "./schema-error.ts"
import { typeKeywords } from "./type-keywords.ts"

/**
 * The values of `const` or `enum`, those that are of the type that the schema says. Errors: ConstraintError
 * "schema-unsupported" where none is, and where another keyword narrows them down.
 */
export function constantExpression(
  schema: Readonly<Record<string, unknown>>,
  keyword: "const" | "enum",
  path: string,
): Expression {
  const narrowing = [...Object.values(typeKeywords).flat(), ...(keyword === "const" ? ["enum"] : [])]
  const other = narrowing.find((name) => schema[name] !== undefined)
  if (other !== undefined) throw schemaError(path, `has ${other} beside ${keyword}, which is not supported`)
  const values = keyword === "const" ? [schema[keyword]] : listOf(schema[keyword], `${path}/${keyword}`)
  const types: unknown[] = schema["type"] === undefined ? [] : [schema["type"]].flat()
  const fitting = values.filter((value) => types.length === 0 || types.some((type) => isOfType(value, type)))
  if (fitting.length === 0) throw schemaError(path, `has no value of its type in ${keyword}`)
  return choice(...fitting.map((value) => JSON.stringify(value)))
}

function isOfType(value: unknown, type: unknown): boolean {
  if (value === null) return type === "null"
  if (Array.isArray(value)) return type === "array"
  if (type === "integer") return Number.isInteger(value)
  return typeof value === type
}
