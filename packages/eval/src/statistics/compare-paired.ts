import { type BootstrapOptions, bootstrapInterval, type Interval } from "./bootstrap-interval.ts"
import { mcnemar } from "./mcnemar.ts"
import { mean } from "./mean.ts"

export interface PairedComparison {
  first: number
  second: number
  /** `second - first`, with its bootstrap interval over the items. */
  difference: number
  interval: Interval
  items: number
  /** For items that are right or wrong. */
  counts?: { bothRight: number; onlyFirst: number; onlySecond: number; bothWrong: number }
  /** Of McNemar's exact test, for items that are right or wrong. */
  pValue?: number
}

/**
 * Compares two systems on the same items by their scores: the means, their difference with a paired bootstrap interval,
 * and McNemar's test where every score is 0 or 1.
 */
export function comparePaired(
  first: readonly number[],
  second: readonly number[],
  options: BootstrapOptions = {},
): PairedComparison {
  const differences = first.map((score, index) => second[index]! - score)
  const comparison = {
    first: mean(first),
    second: mean(second),
    difference: mean(differences),
    interval: bootstrapInterval(differences, options),
    items: first.length,
  }
  if (![...first, ...second].every((score) => score === 0 || score === 1)) return comparison
  const count = (a: number, b: number) => first.filter((score, index) => score === a && second[index] === b).length
  const counts = { bothRight: count(1, 1), onlyFirst: count(1, 0), onlySecond: count(0, 1), bothWrong: count(0, 0) }
  return { ...comparison, counts, pValue: mcnemar(counts.onlyFirst, counts.onlySecond) }
}
