import { expect, test } from "vitest"
import { progressLine } from "./progress-line.ts"

const progress = {
  planned: 500,
  finished: 120,
  samples: 104,
  rejected: 31,
  requests: 151,
  promptTokens: 150_000,
  completionTokens: 30_000,
}

test("bar, counts, tokens, money and the time left of what this process did", () => {
  const line = progressLine({ progress, cost: 12.345, finishedBefore: 100, elapsedMs: 60_000, columns: 140 })
  expect(line).toBe(
    "[#####...............] 120 of 500  104 samples, 31 replies rejected  180K tokens  $12.35  19 min left",
  )
})

test("narrow terminals, none at all, nothing done yet, unknown prices", () => {
  const view = { progress, finishedBefore: 120, elapsedMs: 10 }
  const text = "120 of 500  104 samples, 31 replies rejected  180K tokens"
  expect(progressLine({ ...view, columns: 0 })).toBe(text)
  expect(progressLine({ ...view, columns: 21 })).toBe(text.slice(0, 20))
  expect(progressLine({ ...view, cost: 0.01234, columns: 0 })).toBe(`${text}  $0.0123`)
})
