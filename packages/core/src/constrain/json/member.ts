import type { Expression } from "../machine/expression.ts"
import { sequence } from "../machine/sequence.ts"
import { whiteSpace } from "./white-space.ts"

/** A property of an object. A name given as text is written as JSON. */
export function member(name: string | Expression, value: Expression): Expression {
  return sequence(typeof name === "string" ? JSON.stringify(name) : name, ":", whiteSpace, value)
}
