import { expect, it } from "vitest"
import { proportion } from "./proportion.ts"

it("has Wilson's interval", () => {
  const { share, low, high } = proportion(95, 100)
  expect(share).toBe(0.95)
  expect(low).toBeCloseTo(0.8882, 4)
  expect(high).toBeCloseTo(0.9785, 4)
  expect(proportion(10, 10).high).toBeCloseTo(1, 9)
  expect(proportion(0, 0)).toMatchObject({ low: 0, high: 1 })
})
