import { byteRange } from "./byte-range.ts"
import type { Expression } from "./expression.ts"

/** Exactly this text, in UTF-8. */
export function literal(text: string): Expression {
  return { kind: "sequence", items: Array.from(new TextEncoder().encode(text), (byte) => byteRange([byte, byte])) }
}
