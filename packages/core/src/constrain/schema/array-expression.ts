import { enclosed } from "../json/enclosed.ts"
import { separated } from "../json/separated.ts"
import { whiteSpace } from "../json/white-space.ts"
import type { Expression } from "../machine/expression.ts"
import { optional } from "../machine/optional.ts"
import { sequence } from "../machine/sequence.ts"
import { countKeyword } from "./count-keyword.ts"
import { schemaError } from "./schema-error.ts"
import type { Compile } from "./schema-expression.ts"

export function arrayExpression(schema: Readonly<Record<string, unknown>>, path: string, compile: Compile): Expression {
  const min = countKeyword(schema, "minItems", 0, path)
  const max = countKeyword(schema, "maxItems", Number.POSITIVE_INFINITY, path)
  if (min > max) throw schemaError(path, "wants more items than it allows")
  const first = (schema["prefixItems"] ?? []) as readonly unknown[]
  if (!Array.isArray(first)) throw schemaError(path, "has prefixItems that are no list")
  const others = schema["items"] === false ? undefined : compile(schema["items"] ?? true, `${path}/items`)
  const firsts = first.map((item, index) => compile(item, `${path}/prefixItems/${index}`))
  if (first.length === 0) {
    if (others) return enclosed("[", separated(others, min, max))
    if (min === 0) return enclosed("[", sequence())
  }
  if (min > first.length && !others) throw schemaError(path, "wants more items than it describes")
  return enclosed("[", from(0))

  /** From item `index` on; what came before it is there. */
  function from(index: number): Expression {
    const separator = index > 0 ? [",", whiteSpace] : []
    if (index >= max) return sequence()
    if (index < first.length) {
      const some = sequence(...separator, firsts[index]!, from(index + 1))
      return index < min ? some : optional(some)
    }
    if (!others) return sequence()
    const some = sequence(...separator, others, {
      kind: "repeat",
      item: sequence(",", whiteSpace, others),
      min: Math.max(0, min - index - 1),
      max: max - index - 1,
    })
    return index < min ? some : optional(some)
  }
}
