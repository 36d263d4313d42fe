const SHOWN = 5

/** The first of a list, and how many more there are. */
export function listSome(names: readonly string[]): string {
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ""
  return `${names.slice(0, SHOWN).join(", ")}${more}`
}
