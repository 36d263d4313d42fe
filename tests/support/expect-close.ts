import { expect } from "vitest"
import { largestRelativeError } from "./largest-relative-error.ts"

export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  expect(largestRelativeError(actual, expected)).toBeLessThanOrEqual(tolerance)
}
