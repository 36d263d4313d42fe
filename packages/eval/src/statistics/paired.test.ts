import { expect, test } from "vitest"
import { bootstrapInterval } from "./bootstrap-interval.ts"
import { comparePaired } from "./compare-paired.ts"
import { mcnemar } from "./mcnemar.ts"

// scipy.stats.binomtest(k, n, 0.5).pvalue
test.each([
  [1, 8, 0.0390625],
  [5, 5, 1],
  [0, 0, 1],
  [10, 25, 0.016674],
  [121, 59, 0.0000044],
])("McNemar's test of %d against %d", (first, second, expected) => {
  expect(mcnemar(first, second)).toBeCloseTo(expected, 6)
  expect(mcnemar(second, first)).toBeCloseTo(expected, 6)
})

test("the bootstrap interval of a proportion is near the normal one, and repeats for a seed", () => {
  const values = Array.from({ length: 1000 }, (_, index) => (index < 300 ? 1 : 0))
  const { low, high } = bootstrapInterval(values, { samples: 4000, seed: 7 })
  const half = 1.96 * Math.sqrt((0.3 * 0.7) / 1000)
  expect(low).toBeCloseTo(0.3 - half, 2)
  expect(high).toBeCloseTo(0.3 + half, 2)
  expect(bootstrapInterval(values, { samples: 4000, seed: 7 })).toEqual({ low, high })
  expect(bootstrapInterval([1, 1, 1])).toEqual({ low: 1, high: 1 })
})

test("a pairing counts who is right where", () => {
  const { counts, difference, pValue } = comparePaired([1, 1, 0, 0, 1], [1, 0, 1, 1, 1])
  expect(counts).toEqual({ bothRight: 2, onlyFirst: 1, onlySecond: 2, bothWrong: 0 })
  expect(difference).toBeCloseTo(0.2)
  expect(pValue).toBe(1)
  expect(comparePaired([0.5], [1]).pValue).toBeUndefined()
})
