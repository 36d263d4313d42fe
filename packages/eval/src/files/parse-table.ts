/** The rows of a TSV or CSV text as records by column name; quoted fields may hold separators and line ends. */
export function parseTable(text: string): { record: Record<string, string>; line: number }[] {
  const content = text.replace(/^\uFEFF/, "")
  const separator = (content.split("\n", 1)[0] ?? "").includes("\t") ? "\t" : ","
  const [header, ...rows] = splitRows(content, separator)
  if (header === undefined) return []
  return rows.map(({ fields, line }) => ({
    record: Object.fromEntries(header.fields.map((name, index) => [name.trim(), fields[index] ?? ""])),
    line,
  }))
}

function splitRows(content: string, separator: string): { fields: string[]; line: number }[] {
  const rows: { fields: string[]; line: number }[] = []
  let fields: string[] = []
  let field = ""
  let quoted = false
  let line = 1
  let start = 1
  const endField = () => {
    fields.push(field)
    field = ""
  }
  const endRow = () => {
    endField()
    if (fields.some((value) => value !== "")) rows.push({ fields, line: start })
    fields = []
  }
  for (let i = 0; i < content.length; i++) {
    const character = content[i]!
    if (character === "\n") line++
    if (quoted) {
      if (character !== '"') field += character
      else if (content[i + 1] === '"') field += content[++i]
      else quoted = false
    } else if (character === '"' && field === "") quoted = true
    else if (character === separator) endField()
    else if (character === "\n") {
      endRow()
      start = line
    } else if (character !== "\r") field += character
  }
  endRow()
  return rows
}
