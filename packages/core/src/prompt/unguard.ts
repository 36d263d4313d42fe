import { GUARD_MARK } from "./guard-mark.ts"

/** Takes off the marks of `guardNames`. */
export function unguard(text: string): string {
  return text.replaceAll(GUARD_MARK, "")
}
