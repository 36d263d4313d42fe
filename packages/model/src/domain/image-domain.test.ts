import { expect, test } from "vitest"
import { randomValues } from "#testing"
import { fitImageDomain } from "./fit-image-domain.ts"
import { ImageDomain } from "./image-domain.ts"

/** Pairs around (3, -1), of which the second number nearly follows the first. */
function summaries(count: number, seed: number): Float64Array[] {
  const values = randomValues(2 * count, seed)
  return Array.from({ length: count }, (_, i) => {
    const first = 3 + 2 * values[2 * i]!
    return Float64Array.of(first, -1 + (first - 3) + 0.1 * values[2 * i + 1]!)
  })
}

test("the distance is Mahalanobis's, in limits", () => {
  // Variances 4 and 1: the precision is their inverse.
  const precision = Float32Array.of(0.25, 0, 0, 1)
  const domain = new ImageDomain({ description: "", mean: Float32Array.of(1, 2), precision, limit: 2 })
  expect(domain.distance(Float64Array.of(1, 2))).toBe(0)
  expect(domain.distance(Float64Array.of(5, 2))).toBeCloseTo(1, 6)
  expect(domain.distance(Float64Array.of(3, 3))).toBeCloseTo(Math.SQRT2 / 2, 6)
})

test("a fitted domain knows what its numbers have in common", () => {
  const domain = fitImageDomain({ description: "pairs", training: summaries(400, 1), validation: summaries(200, 2) })
  const beyond = summaries(400, 3).filter((summary) => domain.distance(summary) > 1).length
  expect(beyond).toBeLessThan(12)
  // Each number is an ordinary one; that they differ is not.
  expect(domain.distance(Float64Array.of(4, -2))).toBeGreaterThan(3)
})

test("the limit leaves the asked share of validation out", () => {
  const [training, validation] = [summaries(300, 4), summaries(100, 5)]
  const domain = fitImageDomain({ description: "pairs", training, validation, beyond: 0.1 })
  expect(validation.filter((summary) => domain.distance(summary) > 1 + 1e-9).length).toBe(10)
})

test("numbers that never change make no distance infinite, and none cannot be fitted to", () => {
  const training = summaries(50, 6).map(([first, second]) => Float64Array.of(first!, second!, 7))
  const domain = fitImageDomain({ description: "", training, validation: training })
  expect(domain.distance(training[0]!)).toBeLessThanOrEqual(1 + 1e-9)
  expect(domain.distance(Float64Array.of(3, -1, 8))).toBeGreaterThan(10)
  expect(() => fitImageDomain({ description: "", training: [], validation: [] })).toThrow("needs pictures")
})
