import { GUARD_MARK } from "./guard-mark.ts"
import { unguard } from "./unguard.ts"

/**
 * Marks names that stand in text as mere words (`<image>`, `</s>` typed by a user), so that nothing later takes them
 * for tokens. `unguard` takes the marks off.
 */
export function guardNames(text: string, names: readonly string[]): string {
  const clean = unguard(text)
  const present = names.filter((name) => clean.includes(name))
  if (present.length === 0) return clean
  let guarded = ""
  for (let at = 0; at < clean.length; at++) {
    guarded += clean[at]
    if (present.some((name) => clean.startsWith(name, at))) guarded += GUARD_MARK
  }
  return guarded
}
