import { choice } from "../machine/choice.ts"
import type { Expression } from "../machine/expression.ts"
import { oneOf } from "../machine/one-of.ts"
import { optional } from "../machine/optional.ts"
import { sequence } from "../machine/sequence.ts"

const digit = oneOf("0123456789")
const digits = (min: number, max: number): Expression => ({ kind: "repeat", item: digit, min, max })

const whole = sequence(optional(oneOf("-")), choice("0", sequence(oneOf("123456789"), digits(0, 14))))

/** A JSON number. Its digits end somewhere: there are about as many as a double can tell apart. */
export const jsonNumber: Expression = sequence(
  whole,
  optional(sequence(".", digits(1, 16))),
  optional(sequence(oneOf("eE"), optional(oneOf("+-")), digits(1, 2))),
)
