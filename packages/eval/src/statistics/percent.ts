import { roundHalfEven } from "./round-half-even.ts"

/** `part` of `whole` in percent with two decimals; null where there is nothing to divide by. */
export function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : roundHalfEven((part / whole) * 100, 2)
}
