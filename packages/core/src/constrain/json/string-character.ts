import { byteRange } from "../machine/byte-range.ts"
import { choice } from "../machine/choice.ts"
import type { Expression } from "../machine/expression.ts"
import { oneOf } from "../machine/one-of.ts"
import { sequence } from "../machine/sequence.ts"

const hex = oneOf("0123456789abcdefABCDEF")
const more = byteRange([0x80, 0xbf])

/** Four digits that are no half of a surrogate pair, so that one escape is one character. */
const codeUnit = choice(
  sequence(oneOf("0123456789abcefABCEF"), hex, hex, hex),
  sequence(oneOf("dD"), oneOf("01234567"), hex, hex),
)

/** One character inside a JSON string: any of UTF-8 (RFC 3629) but quotes, backslashes and controls, or an escape. */
export const stringCharacter: Expression = choice(
  byteRange([0x20, 0x21], [0x23, 0x5b], [0x5d, 0x7f]),
  sequence(byteRange([0xc2, 0xdf]), more),
  sequence(byteRange([0xe0, 0xe0]), byteRange([0xa0, 0xbf]), more),
  sequence(byteRange([0xe1, 0xec], [0xee, 0xef]), more, more),
  sequence(byteRange([0xed, 0xed]), byteRange([0x80, 0x9f]), more),
  sequence(byteRange([0xf0, 0xf0]), byteRange([0x90, 0xbf]), more, more),
  sequence(byteRange([0xf1, 0xf3]), more, more, more),
  sequence(byteRange([0xf4, 0xf4]), byteRange([0x80, 0x8f]), more, more),
  sequence("\\", oneOf('"\\/bfnrt')),
  sequence("\\u", codeUnit),
)
