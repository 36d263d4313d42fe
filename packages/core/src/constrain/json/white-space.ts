import { choice } from "../machine/choice.ts"
import type { Expression } from "../machine/expression.ts"
import { oneOf } from "../machine/one-of.ts"
import { optional } from "../machine/optional.ts"
import { sequence } from "../machine/sequence.ts"

const indentation: Expression = { kind: "repeat", item: oneOf(" \t"), min: 0, max: 24 }

/** A space, or a line break with indentation, or nothing: what people write. More would let a model dawdle for ever. */
export const whiteSpace: Expression = optional(choice(" ", sequence("\n", indentation)))
