import type { Expression } from "./expression.ts"

/** This, or nothing. */
export function optional(item: Expression): Expression {
  return { kind: "repeat", item, min: 0, max: 1 }
}
