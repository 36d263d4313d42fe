import { expect, it } from "vitest"
import { hashNumber } from "../random/hash-number.ts"
import { seededRandom } from "../random/seeded-random.ts"
import { sampleItems } from "./sample-items.ts"

it("gives every item the same chance", () => {
  const hits = new Array<number>(20).fill(0)
  const rounds = 4000
  for (let round = 0; round < rounds; round++) {
    const sample = sampleItems(hits.keys(), 5, seededRandom(hashNumber("test", round)))
    expect(new Set(sample).size).toBe(5)
    for (const item of sample) hits[item]!++
  }
  // A quarter each; five standard deviations of a binomial are 137.
  for (const count of hits) expect(Math.abs(count - rounds / 4)).toBeLessThan(137)
})

it("takes all where there are no more", () => {
  expect(sampleItems([1, 2, 3], 5, () => 0)).toEqual([1, 2, 3])
})
