import { expect, test } from "vitest"
import { spread } from "./spread.ts"

test("three values have Student's interval of two degrees of freedom", () => {
  const { mean, deviation, interval } = spread([1, 2, 3])
  expect(mean).toBe(2)
  expect(deviation).toBe(1)
  expect(interval![0]).toBeCloseTo(2 - 2.4843, 3)
  expect(interval![1]).toBeCloseTo(2 + 2.4843, 3)
  expect(spread([0, 2]).interval![1]).toBeCloseTo(1 + 12.706, 3)
})

test("one value has no interval, and none no spread", () => {
  expect(spread([5])).toEqual({ count: 1, mean: 5, deviation: 0, interval: undefined })
  expect(() => spread([])).toThrow(RangeError)
  expect(() => spread(new Array<number>(11).fill(1))).toThrow(RangeError)
  expect(spread(new Array<number>(10).fill(1)).interval).toEqual([1, 1])
})
