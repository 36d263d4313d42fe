import { expect, test } from "vitest"
import { roundHalfEven } from "./round-half-even.ts"

// What Python prints for round(value, digits).
test.each([
  [3.125, 2, 3.12],
  [9.375, 2, 9.38],
  [-3.125, 2, -3.12],
  [2.675, 2, 2.67],
  [1.005, 2, 1],
  [0.5, 0, 0],
  [1.5, 0, 2],
  [91.08700778118369, 2, 91.09],
  [65.45, 1, 65.5],
])("%d to %d digits is %d", (value, digits, expected) => {
  expect(roundHalfEven(value, digits)).toBe(expected)
})
