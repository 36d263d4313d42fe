/** The line, from 1, that a position of a text is in. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let i = text.indexOf("\n"); i !== -1 && i < offset; i = text.indexOf("\n", i + 1)) line++
  return line
}
