import { benchmarkFails } from "./benchmark-fails.ts"
import type { BenchmarkReport } from "./report.ts"

/** What is met, what is missed, and what is wrong. */
export function formatSummary(reports: readonly BenchmarkReport[]): string {
  const targets = reports.flatMap(({ name, targets }) => targets.map((target) => ({ name, ...target })))
  const missed = targets.filter(({ met }) => !met).map(({ name, text }) => `${name} (${text})`)
  const failed = reports.filter(benchmarkFails).map(({ name }) => name)
  const lines = [
    `${targets.length - missed.length} of ${targets.length} targets met (they are for lavapipe with two cores)`,
  ]
  if (missed.length > 0) lines.push(`missed: ${missed.join(", ")}`)
  if (failed.length > 0) lines.push(`failed, or its result equals nobody's: ${failed.join(", ")}`)
  return lines.join("\n")
}
