import { choice } from "../machine/choice.ts"
import type { Expression } from "../machine/expression.ts"
import { literal } from "../machine/literal.ts"
import type { CodePointRange } from "./code-point-range.ts"
import { complement } from "./complement.ts"
import { utf8Range } from "./utf8-range.ts"

/** What stands in a JSON string as an escape only. */
const escaped: readonly CodePointRange[] = [
  [0x00, 0x1f],
  [0x22, 0x22],
  [0x5c, 0x5c],
]

/** One character of the ranges as it stands in a JSON string: as itself, or as an escape where it has to be one. */
export function jsonCharacter(ranges: readonly CodePointRange[]): Expression {
  const escapes = escaped.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index).filter((code) =>
      ranges.some(([from, to]) => from <= code && code <= to),
    ),
  )
  const plain = complement([...complement(ranges), ...escaped])
  return choice(
    ...plain.map(utf8Range),
    ...escapes.map((code) => literal(JSON.stringify(String.fromCharCode(code)).slice(1, -1))),
  )
}
