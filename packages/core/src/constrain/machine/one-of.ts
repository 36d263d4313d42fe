import { byteRange } from "./byte-range.ts"
import type { Expression } from "./expression.ts"

/** One of these ASCII characters. */
export function oneOf(characters: string): Expression {
  return byteRange(
    ...Array.from(characters, (character) => [character.charCodeAt(0), character.charCodeAt(0)] as const),
  )
}
