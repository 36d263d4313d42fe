import { percent } from "../statistics/percent.ts"
import { type CategoryName, categoriesOf, categoryNames } from "./categories.ts"
import type { Problem } from "./problem.ts"

export interface AccuracyTable {
  /** In percent with two decimals; null for a category without problems. */
  accuracy: Record<CategoryName, number | null>
  /** How many problems each category has, and how many of them are right. */
  counts: Record<CategoryName, { correct: number; total: number }>
}

/** The accuracy of each category. */
export function accuracyTable(
  scored: readonly { id: string; correct: boolean }[],
  problems: ReadonlyMap<string, Problem>,
): AccuracyTable {
  const counts = forEach(() => ({ correct: 0, total: 0 }))
  for (const { id, correct } of scored) {
    for (const name of categoriesOf(problems.get(id)!)) {
      counts[name].total++
      if (correct) counts[name].correct++
    }
  }
  return { accuracy: forEach((name) => percent(counts[name].correct, counts[name].total)), counts }
}

function forEach<Value>(make: (name: CategoryName) => Value): Record<CategoryName, Value> {
  return Object.fromEntries(categoryNames.map((name) => [name, make(name)])) as Record<CategoryName, Value>
}
