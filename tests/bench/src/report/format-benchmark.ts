import { contestants } from "../contestants/contestant-names.ts"
import type { BenchmarkReport, Row, TargetResult } from "./report.ts"

const header = ["", "first ms", "median ms", "rate", "difference", "@llava is"] as const

/** A benchmark as an aligned table with its targets below. */
export function formatBenchmark({ name, title, unit, rows, targets }: BenchmarkReport): string {
  const table = [header, ...rows.map((row) => cellsOf(row, unit))]
  const widths = header.map((_, column) => Math.max(...table.map((cells) => cells[column]!.length)))
  const lines = table.map((cells, index) => {
    const aligned = cells.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!),
    )
    return `  ${aligned.join("  ")}  ${index === 0 ? "" : remarkOn(rows[index - 1]!)}`.trimEnd()
  })
  return [`${name}: ${title}`, ...lines, ...targets.map(formatTarget)].join("\n")
}

function cellsOf({ contestant, version, milliseconds, rate, difference, ratio }: Row, unit: string): string[] {
  const { title, own = false } = contestants[contestant]
  return [
    own || version === undefined ? title : `${title} ${version}`,
    milliseconds ? milliseconds.first.toFixed(0) : "-",
    milliseconds ? formatNumber(milliseconds.median) : "-",
    rate === undefined ? "-" : `${formatNumber(rate)} ${unit}`,
    difference === undefined ? "-" : formatDifference(difference),
    ratio === undefined ? "" : `${ratio.toFixed(2)}x as fast`,
  ]
}

function remarkOn({ status, reason, orientation, facts }: Row): string {
  if (status === "failed") return `failed: ${reason?.split("\n")[0]}`
  const remarks = Object.entries(facts).map(([fact, value]) => `${formatNumber(value)} ${fact}`)
  if (orientation) remarks.unshift("for orientation")
  if (status === "different") remarks.unshift("its result is another one")
  return remarks.join(", ")
}

function formatTarget({ text, value, met }: TargetResult): string {
  return `  target: ${text}: ${value === undefined ? "not measured" : `${formatNumber(value)}, ${met ? "met" : "MISSED"}`}`
}

function formatDifference(difference: number | null): string {
  if (difference === null) return "infinite"
  return difference === 0 ? "0" : difference.toExponential(0)
}

/** Three figures. */
function formatNumber(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)))
}
