import type { Expression } from "./expression.ts"
import { literal } from "./literal.ts"

/** One of these; a string stands for itself. */
export function choice(...options: readonly (Expression | string)[]): Expression {
  return { kind: "choice", options: options.map((option) => (typeof option === "string" ? literal(option) : option)) }
}
