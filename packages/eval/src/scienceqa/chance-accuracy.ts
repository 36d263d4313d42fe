import { percent } from "../statistics/percent.ts"
import type { AccuracyTable } from "./accuracy-table.ts"
import { type CategoryName, categoriesOf, categoryNames } from "./categories.ts"
import type { Problem } from "./problem.ts"

/**
 * What answering at random would score on average: each problem counts one over the number of its choices. `correct` is
 * that sum, a whole number by luck alone.
 */
export function chanceAccuracy(problems: ReadonlyMap<string, Problem>): AccuracyTable {
  const counts = Object.fromEntries(categoryNames.map((name) => [name, { correct: 0, total: 0 }])) as Record<
    CategoryName,
    { correct: number; total: number }
  >
  for (const problem of problems.values()) {
    for (const name of categoriesOf(problem)) {
      counts[name].correct += 1 / problem.choices.length
      counts[name].total++
    }
  }
  const accuracy = categoryNames.map((name) => [name, percent(counts[name].correct, counts[name].total)])
  return { accuracy: Object.fromEntries(accuracy) as AccuracyTable["accuracy"], counts }
}
