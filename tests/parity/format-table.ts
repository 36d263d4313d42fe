import type { Row, RowStatus } from "./row.ts"
import { rowFails } from "./row-fails.ts"

type Style = "green" | "red" | "yellow" | "dim" | "bold"
export type Paint = (style: Style, text: string) => string

const header = ["fixture", "check", "largest error", "tolerance", "dispatches", "status"] as const
/** Longest text of a column; file names and questions can be long. */
const WIDEST = 64

/** Rows as an aligned table; `paint` colours a piece of it or leaves it. */
export function formatTable(rows: readonly Row[], paint: Paint): string {
  const cells = rows.map(cellsOf)
  const widths = header.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row.map((cell, column) =>
      column >= 2 && column <= 4 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
    )
  const titles = line(header).join("  ").trimEnd()
  const lines = rows.map((row, index) => {
    const columns = line(cells[index]!)
    const status = paint(colorOf(row), columns.pop()!.trimEnd())
    const detail = row.detail === undefined ? "" : `  ${paint("dim", row.detail)}`
    return `${columns.join("  ")}  ${status}${detail}`
  })
  return [paint("bold", titles), ...lines].join("\n")
}

function cellsOf({ fixture, check, error, tolerance, dispatches, status }: Row): string[] {
  return [
    cut(fixture),
    cut(check),
    error === undefined ? "-" : formatError(error),
    tolerance === undefined ? "-" : tolerance === 0 ? "exact" : formatError(tolerance),
    dispatches === undefined ? "-" : String(dispatches),
    status,
  ]
}

function formatError(value: number): string {
  if (value === 0 || !Number.isFinite(value) || Number.isInteger(value)) return String(value)
  return value.toExponential(1)
}

function cut(text: string): string {
  return text.length > WIDEST ? `${text.slice(0, WIDEST - 3)}...` : text
}

function colorOf(row: Row): Style {
  const waiting: readonly RowStatus[] = ["asset absent", "not checked"]
  if (rowFails(row)) return "red"
  return waiting.includes(row.status) ? "yellow" : "green"
}
