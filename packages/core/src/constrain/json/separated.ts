import type { Expression } from "../machine/expression.ts"
import { optional } from "../machine/optional.ts"
import { sequence } from "../machine/sequence.ts"
import { whiteSpace } from "./white-space.ts"

/** `item` so many times, commas between. */
export function separated(item: Expression, min = 0, max = Number.POSITIVE_INFINITY): Expression {
  if (max <= 0) return sequence()
  const others: Expression = {
    kind: "repeat",
    item: sequence(",", whiteSpace, item),
    min: Math.max(0, min - 1),
    max: max - 1,
  }
  const some = sequence(item, others)
  return min > 0 ? some : optional(some)
}
