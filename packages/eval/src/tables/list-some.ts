/** The first few names of a list, and how many more there are. */
export function listSome(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).join(", ")
  return names.length > most ? `${shown} and ${names.length - most} more` : shown
}
