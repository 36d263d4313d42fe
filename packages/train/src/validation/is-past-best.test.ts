import { expect, test } from "vitest"
import { isPastBest } from "./is-past-best.ts"

test.each([
  [[], false],
  [[3, 2, 1], false],
  [[3, 2, 2.5], false],
  [[3, 2, 2.5, 2.1], true],
  [[3, 2, 2, 2], true],
  [[3, 2, 2.5, 1.9, 2], false],
])("%j, with a patience of 2: %s", (losses, past) => {
  expect(
    isPastBest(
      losses.map((loss, index) => ({ step: index + 1, loss })),
      2,
    ),
  ).toBe(past)
})
