import type { Expression } from "./expression.ts"
import { literal } from "./literal.ts"

/** One after the other; a string stands for itself. */
export function sequence(...items: readonly (Expression | string)[]): Expression {
  return { kind: "sequence", items: items.map((item) => (typeof item === "string" ? literal(item) : item)) }
}
