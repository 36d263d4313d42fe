import type { Expression } from "./expression.ts"

/** One byte out of ranges, both ends included. */
export function byteRange(...ranges: readonly (readonly [from: number, to: number])[]): Expression {
  const allowed = new Array<boolean>(256).fill(false)
  for (const [from, to] of ranges) allowed.fill(true, from, to + 1)
  return { kind: "bytes", allowed }
}
