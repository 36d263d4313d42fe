/** Rows of cells as a table of Markdown; the first row is its head. */
export function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`
  return [head, head.map(() => "---"), ...rows].map(line).join("\n")
}
