import type { Expression } from "../machine/expression.ts"
import { sequence } from "../machine/sequence.ts"
import { stringCharacter } from "./string-character.ts"

/** A JSON string of so many characters (code points). */
export function jsonString(min = 0, max = Number.POSITIVE_INFINITY): Expression {
  return sequence('"', { kind: "repeat", item: stringCharacter, min, max }, '"')
}
