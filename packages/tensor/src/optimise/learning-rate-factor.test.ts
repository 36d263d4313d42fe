import { expect, it } from "vitest"
import { learningRateFactor } from "./learning-rate-factor.ts"

const factors = (schedule: Parameters<typeof learningRateFactor>[1], steps: readonly number[]) =>
  steps.map((step) => learningRateFactor(step, schedule))

it("rises in a line, then follows the schedule", () => {
  const schedule = { warmupSteps: 3, steps: 12 }
  const warmup = [0, 1 / 3, 2 / 3, 1]
  expect(factors({ kind: "constant", ...schedule }, [0, 1, 2, 3, 11])).toEqual([...warmup, 1])
  expect(factors({ kind: "linear", ...schedule }, [0, 1, 2, 3, 6, 12, 20])).toEqual([...warmup, 1 - 1 / 3, 0, 0])
  const cosine = factors({ kind: "cosine", ...schedule }, [0, 1, 2, 3, 4, 6, 11])
  const published = [0, 1 / 3, 2 / 3, 1, 0.9698463103929543, 0.75, 0.03015368960704584]
  for (const [step, factor] of cosine.entries()) expect(factor).toBeCloseTo(published[step]!, 12)
})

it("ends at the minimum, without warm-up too", () => {
  expect(factors({ kind: "cosine", steps: 10, minimum: 0.03 }, [0, 10])).toEqual([1, 0.03])
})
