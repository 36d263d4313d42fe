import { jsonNumber } from "../json/json-number.ts"
import { jsonArray, jsonObject, jsonValue } from "../json/json-value.ts"
import { choice } from "../machine/choice.ts"
import type { Expression } from "../machine/expression.ts"
import { lazy } from "../machine/lazy.ts"
import { annotations } from "./annotations.ts"
import { arrayExpression } from "./array-expression.ts"
import { constantExpression } from "./constant-expression.ts"
import type { JsonSchema } from "./json-schema.ts"
import { listOf } from "./list-of.ts"
import { mergeSchemas } from "./merge-schemas.ts"
import { numberExpression } from "./number-expression.ts"
import { objectExpression } from "./object-expression.ts"
import { refuseKeywords } from "./refuse-keywords.ts"
import { resolveReference } from "./resolve-reference.ts"
import { schemaError } from "./schema-error.ts"
import { stringExpression } from "./string-expression.ts"
import { typeKeywords } from "./type-keywords.ts"

type Keywords = Readonly<Record<string, unknown>>

/** How the pieces of a schema are compiled: each with its place, for errors. */
export type Compile = (schema: unknown, path: string) => Expression

/** Deepest chain of `allOf` and `$ref` without anything between; schemas within schemas; and most schemas in all. */
const DEEPEST = 64
const MOST_NESTED = 200
const MOST = 20_000

/**
 * Texts of JSON that are valid under a schema; not all of them, but no others. `oneOf` is read as `anyOf`, and `format` as
 * the annotation that it is. Errors: ConstraintError "schema-unsupported".
 */
export function schemaExpression(root: JsonSchema): Expression {
  const references = new Map<string, Expression>()
  let nested = 0
  let count = 0
  const compile: Compile = (schema, path) => {
    if (++nested > MOST_NESTED) throw schemaError("#", `has more than ${MOST_NESTED} schemas within one another`)
    const expression = compileAt(schema, path, 0)
    nested--
    return expression
  }

  function compileAt(schema: unknown, path: string, depth: number): Expression {
    if (schema === true) return jsonValue
    if (schema === false) throw schemaError(path, "is false: no answer is valid")
    if (!isKeywords(schema)) throw schemaError(path, "is no schema")
    if (++count > MOST) throw schemaError("#", `has more than ${MOST} parts`)
    if (depth > DEEPEST) throw schemaError(path, "refers to itself without end")
    refuseKeywords(schema, path)
    const { $ref, allOf, anyOf, oneOf, ...own } = schema
    if ($ref !== undefined) {
      if (sayNothing({ ...own, ...rest({ allOf, anyOf, oneOf }) })) return reference($ref, path)
      const meant = resolveReference(root, $ref, path)
      return compileAt(mergeSchemas(meant, { ...own, ...rest({ allOf, anyOf, oneOf }) }, path), path, depth + 1)
    }
    if (allOf !== undefined) {
      const parts = listOf(allOf, `${path}/allOf`).map((part) => resolved(part, path))
      const merged = parts.reduce((sum, part) => mergeSchemas(sum, part, path), {
        ...own,
        ...rest({ anyOf, oneOf }),
      } as JsonSchema)
      return compileAt(merged, path, depth + 1)
    }
    const options = anyOf ?? oneOf
    if (options !== undefined) {
      const key = anyOf === undefined ? "oneOf" : "anyOf"
      const also = { ...own, ...(key === "anyOf" ? rest({ oneOf }) : {}) }
      const isAlone = sayNothing(also)
      return choice(
        ...listOf(options, `${path}/${key}`).map((option, index) => {
          const at = `${path}/${key}/${index}`
          return compileAt(isAlone ? option : mergeSchemas(resolved(option, at), also, at), at, depth + 1)
        }),
      )
    }
    return plain(own, path)
  }

  /** A definition is compiled once: it may be part of itself. */
  function reference(name: unknown, path: string): Expression {
    const key = String(name)
    const known = references.get(key)
    if (known) return known
    const meant = resolveReference(root, name, path)
    let made: Expression | undefined
    references.set(
      key,
      lazy(() => made!),
    )
    made = compile(meant, key)
    return made
  }

  function resolved(part: unknown, path: string): JsonSchema {
    if (!isKeywords(part) || part["$ref"] === undefined) return part as JsonSchema
    const { $ref, ...own } = part
    return sayNothing(own) ? resolveReference(root, $ref, path) : (part as JsonSchema)
  }

  function plain(schema: Keywords, path: string): Expression {
    if (schema["const"] !== undefined) return constantExpression(schema, "const", path)
    if (schema["enum"] !== undefined) return constantExpression(schema, "enum", path)
    const types = typesOf(schema, path)
    return types.length === 0 ? jsonValue : choice(...types.map((type) => typed(type, schema, path)))
  }

  function typed(type: unknown, schema: Keywords, path: string): Expression {
    switch (type) {
      case "object":
        return speaksOf(schema, "object") ? objectExpression(schema, path, compile) : jsonObject
      case "array":
        return speaksOf(schema, "array") ? arrayExpression(schema, path, compile) : jsonArray
      case "string":
        return stringExpression(schema, path)
      case "number":
      case "integer":
        return numberExpression(schema, type, path) ?? jsonNumber
      case "boolean":
        return choice("true", "false")
      case "null":
        return choice("null")
      default:
        throw schemaError(path, `has the type ${JSON.stringify(type)}, which JSON does not have`)
    }
  }

  return compile(root, "#")
}

/** The types that are said, or that the keywords speak of. */
function typesOf(schema: Keywords, path: string): readonly unknown[] {
  const { type } = schema
  if (type !== undefined) return Array.isArray(type) ? type : [type]
  const spoken = (["object", "array", "string", "number"] as const).filter((one) => speaksOf(schema, one))
  if (spoken.length > 1) throw schemaError(path, "has no type, and keywords of several")
  return spoken
}

function speaksOf(schema: Keywords, type: keyof typeof typeKeywords): boolean {
  return typeKeywords[type].some((keyword) => schema[keyword] !== undefined)
}

function sayNothing(keywords: Keywords): boolean {
  return Object.keys(keywords).every((keyword) => annotations.has(keyword))
}

function rest(keywords: Keywords): Keywords {
  return Object.fromEntries(Object.entries(keywords).filter(([, value]) => value !== undefined))
}

function isKeywords(value: unknown): value is Keywords {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
