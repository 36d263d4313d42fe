import type { Expression } from "../machine/expression.ts"
import { oneOf } from "../machine/one-of.ts"
import { optional } from "../machine/optional.ts"
import { sequence } from "../machine/sequence.ts"

const digit = oneOf("0123456789")
const digits = (min: number, max: number): Expression => ({ kind: "repeat", item: digit, min, max })

/** Digits end somewhere: as many as a double can tell apart. */
const whole = sequence(optional(oneOf("-")), {
  kind: "choice",
  options: [oneOf("0"), sequence(oneOf("123456789"), digits(0, 15))],
})

/** Any JSON number. */
export const jsonNumber: Expression = sequence(
  whole,
  optional(sequence(".", digits(1, 16))),
  optional(sequence(oneOf("eE"), optional(oneOf("+-")), digits(1, 2))),
)
