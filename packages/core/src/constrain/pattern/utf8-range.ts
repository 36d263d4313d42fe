import { byteRange } from "../machine/byte-range.ts"
import { choice } from "../machine/choice.ts"
import type { Expression } from "../machine/expression.ts"
import { sequence } from "../machine/sequence.ts"
import type { CodePointRange } from "./code-point-range.ts"

/** Characters of as many bytes each; surrogates are none. */
const sections: readonly CodePointRange[] = [
  [0, 0x7f],
  [0x80, 0x7ff],
  [0x800, 0xd7ff],
  [0xe000, 0xffff],
  [0x10000, 0x10ffff],
]

/** One character of a range, in UTF-8. */
export function utf8Range([from, to]: CodePointRange): Expression {
  const encoder = new TextEncoder()
  const bytesOf = (codePoint: number) => [...encoder.encode(String.fromCodePoint(codePoint))]
  return choice(
    ...sections.flatMap(([first, last]) => {
      const [low, high] = [Math.max(from, first), Math.min(to, last)]
      return low <= high ? [between(bytesOf(low), bytesOf(high))] : []
    }),
  )
}

/** Byte sequences of one length from `low` to `high`, in order. */
function between(low: readonly number[], high: readonly number[]): Expression {
  const [first, ...lowRest] = low as [number, ...number[]]
  const [last, ...highRest] = high as [number, ...number[]]
  if (lowRest.length === 0) return byteRange([first, last])
  if (first === last) return sequence(byteRange([first, first]), between(lowRest, highRest))
  const [least, most] = [lowRest.map(() => 0x80), lowRest.map(() => 0xbf)]
  return choice(
    sequence(byteRange([first, first]), between(lowRest, most)),
    ...(last - first > 1 ? [sequence(byteRange([first + 1, last - 1]), between(least, most))] : []),
    sequence(byteRange([last, last]), between(least, highRest)),
  )
}
