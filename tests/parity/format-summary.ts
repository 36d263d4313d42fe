import type { Row, RowStatus } from "./row.ts"
import { rowFails } from "./row-fails.ts"

/** One line: how many rows of each status, and whether that is a failure. */
export function formatSummary(rows: readonly Row[], strict: boolean): string {
  const counts = new Map<RowStatus, number>()
  for (const { status } of rows) counts.set(status, (counts.get(status) ?? 0) + 1)
  const fixtures = new Set(rows.map((row) => row.fixture)).size
  const parts = [...counts].map(([status, count]) => `${count} ${status}`)
  const failed = rows.filter((row) => rowFails(row, strict)).length
  const verdict = failed === 0 ? "parity holds" : `${failed} of them fail`
  return `${rows.length} checks of ${fixtures} fixtures: ${parts.join(", ")}; ${verdict}.`
}
