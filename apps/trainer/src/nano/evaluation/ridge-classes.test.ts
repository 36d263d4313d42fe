import { expect, it } from "vitest"
import { randomValues } from "#testing"
import { ridgeClasses } from "./ridge-classes.ts"

it("finds classes that a linear map tells apart, and none in noise", () => {
  const features = Array.from({ length: 300 }, (_, i) => randomValues(8, i + 1))
  const classOf = (x: Float32Array) => (x[0]! + 2 * x[1]! > 0.3 ? 1 : x[2]! > 0.2 ? 2 : 0)
  const learned = ridgeClasses(features.slice(0, 200), features.slice(0, 200).map(classOf))
  const share = features.slice(200).filter((x) => learned(x) === classOf(x)).length / 100
  expect(share).toBeGreaterThan(0.7)
  const noise = ridgeClasses(
    features.slice(0, 200),
    features.slice(0, 200).map((_, i) => i % 3),
  )
  expect(features.slice(200).filter((x, i) => noise(x) === (200 + i) % 3).length).toBeLessThan(60)
})
