import { type BootstrapOptions, bootstrapInterval, type Interval } from "../statistics/bootstrap-interval.ts"
import { roundHalfEven } from "../statistics/round-half-even.ts"
import { type CategoryName, categoriesOf, categoryNames } from "./categories.ts"
import type { Problem } from "./problem.ts"

/** Bootstrap intervals of the accuracy of each category, in percent; null for a category without problems. */
export function accuracyIntervals(
  scored: readonly { id: string; correct: boolean }[],
  problems: ReadonlyMap<string, Problem>,
  options: BootstrapOptions = {},
): Record<CategoryName, Interval | null> {
  const outcomes = new Map<CategoryName, number[]>(categoryNames.map((name) => [name, []]))
  for (const { id, correct } of scored) {
    for (const name of categoriesOf(problems.get(id)!)) outcomes.get(name)!.push(Number(correct))
  }
  const inPercent = ({ low, high }: Interval) => ({
    low: roundHalfEven(low * 100, 2),
    high: roundHalfEven(high * 100, 2),
  })
  return Object.fromEntries(
    [...outcomes].map(([name, values]) => [
      name,
      values.length === 0 ? null : inPercent(bootstrapInterval(values, options)),
    ]),
  ) as Record<CategoryName, Interval | null>
}
