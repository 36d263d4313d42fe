import { expect, it } from "vitest"
import { seededRandom } from "./seeded-random.ts"

it("gives the numbers of the reference implementation for seed 42 and stream 54", () => {
  const random = seededRandom(42)
  const words = Array.from({ length: 6 }, () => random() * 2 ** 32)
  expect(words).toEqual([0xa15c02b7, 0x7b47f409, 0xba1d3330, 0x83d2f293, 0xbfa4784b, 0xcbed606e])
})

it("takes negative seeds", () => {
  const random = seededRandom(-1)
  const value = random()
  expect(value).toBeGreaterThanOrEqual(0)
  expect(value).toBeLessThan(1)
  expect(seededRandom(-1)()).toBe(value)
})
