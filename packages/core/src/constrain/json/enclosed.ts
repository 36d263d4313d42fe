import type { Expression } from "../machine/expression.ts"
import { sequence } from "../machine/sequence.ts"
import { whiteSpace } from "./white-space.ts"

/** Between braces or brackets, with room on both sides. */
export function enclosed(open: "{" | "[", inside: Expression): Expression {
  return sequence(open, whiteSpace, inside, whiteSpace, open === "{" ? "}" : "]")
}
