import { annotations } from "./annotations.ts"
import type { JsonSchema } from "./json-schema.ts"
import { schemaError } from "./schema-error.ts"

type Keywords = Readonly<Record<string, unknown>>

/**
 * One schema for what two demand together (`allOf`, or keywords beside a `$ref`). Errors: ConstraintError
 * "schema-unsupported" where both speak of the same thing in different words.
 */
export function mergeSchemas(one: JsonSchema, other: JsonSchema, path: string): JsonSchema {
  if (one === true) return other
  if (other === true) return one
  if (one === false || other === false) return false
  const merged: Record<string, unknown> = { ...one }
  for (const [keyword, value] of Object.entries(other)) {
    const known = merged[keyword]
    if (known === undefined || annotations.has(keyword)) merged[keyword] = known ?? value
    else merged[keyword] = both(keyword, known, value, path)
  }
  return merged
}

function both(keyword: string, one: unknown, other: unknown, path: string): unknown {
  if (JSON.stringify(one) === JSON.stringify(other)) return one
  if (keyword === "required" && Array.isArray(one) && Array.isArray(other)) return [...new Set([...one, ...other])]
  if (keyword === "properties" && isKeywords(one) && isKeywords(other)) {
    const properties: Record<string, unknown> = { ...one }
    for (const [name, schema] of Object.entries(other)) {
      const known = properties[name]
      properties[name] =
        known === undefined
          ? schema
          : mergeSchemas(known as JsonSchema, schema as JsonSchema, `${path}/properties/${name}`)
    }
    return properties
  }
  if (typeof one === "number" && typeof other === "number") {
    if (/^(minimum|exclusiveMinimum|min[A-Z])/.test(keyword)) return Math.max(one, other)
    if (/^(maximum|exclusiveMaximum|max[A-Z])/.test(keyword)) return Math.min(one, other)
  }
  throw schemaError(path, `demands two things of ${keyword} together (allOf), which is not supported`)
}

function isKeywords(value: unknown): value is Keywords {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
