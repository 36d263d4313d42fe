/** Whether a name holds a character that `matchPattern` gives a meaning. */
export function isPattern(name: string): boolean {
  return /[*?[]/.test(name)
}
