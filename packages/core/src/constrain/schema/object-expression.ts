import { enclosed } from "../json/enclosed.ts"
import { jsonString } from "../json/json-string.ts"
import { member } from "../json/member.ts"
import { separated } from "../json/separated.ts"
import { whiteSpace } from "../json/white-space.ts"
import { choice } from "../machine/choice.ts"
import type { Expression } from "../machine/expression.ts"
import { lazy } from "../machine/lazy.ts"
import { sequence } from "../machine/sequence.ts"
import { countKeyword } from "./count-keyword.ts"
import { schemaError } from "./schema-error.ts"
import type { Compile } from "./schema-expression.ts"

type Keywords = Readonly<Record<string, unknown>>

/**
 * Objects with the described properties, in the order in which they are described. Where there are none, objects with
 * properties of any name.
 */
export function objectExpression(schema: Keywords, path: string, compile: Compile): Expression {
  const properties = (schema["properties"] ?? {}) as Keywords
  const required = (schema["required"] ?? []) as readonly string[]
  if (!Array.isArray(required)) throw schemaError(path, "has required that is no list")
  const others = schema["additionalProperties"] ?? true
  const undescribed = required.filter((name) => !Object.hasOwn(properties, name))
  if (undescribed.length > 0 && others === false) {
    throw schemaError(path, `requires ${JSON.stringify(undescribed[0])} and does not allow it`)
  }
  const min = countKeyword(schema, "minProperties", 0, path)
  const max = countKeyword(schema, "maxProperties", Number.POSITIVE_INFINITY, path)
  const names = [...Object.keys(properties), ...undescribed]
  if (names.length === 0) {
    if (others === false) return enclosed("{", sequence())
    const value = compile(others, `${path}/additionalProperties`)
    return enclosed("{", separated(member(jsonString(), value), min, max))
  }
  if (min > required.length || max < names.length) {
    throw schemaError(path, "counts properties that it describes, which is not supported")
  }
  const members = names.map((name) => {
    const at = Object.hasOwn(properties, name) ? `${path}/properties/${name}` : `${path}/additionalProperties`
    const schemaOfName = Object.hasOwn(properties, name) ? properties[name] : others
    return { expression: member(name, compile(schemaOfName, at)), isRequired: required.includes(name) }
  })
  const rests = new Map<string, Expression>()
  return enclosed("{", from(0, false))

  /** From property `index` on; `follows` others that came. */
  function from(index: number, follows: boolean): Expression {
    const one = members[index]
    if (!one) return sequence()
    const key = `${index} ${follows}`
    const known = rests.get(key)
    if (known) return known
    const rest = lazy(() => {
      const separator = follows ? [",", whiteSpace] : []
      const here = sequence(...separator, one.expression, from(index + 1, true))
      return one.isRequired ? here : choice(here, from(index + 1, follows))
    })
    rests.set(key, rest)
    return rest
  }
}
