import type { Output } from "../contestants/contestant.ts"

/**
 * How far two results are apart. Numbers: the largest difference as a fraction of the largest number of `expected`.
 * Token ids: the fraction of them that differ. Infinity where they cannot be compared: another kind, another length,
 * or a number that is none.
 */
export function compareOutputs(actual: Output, expected: Output): number {
  if (actual.length !== expected.length || actual.constructor !== expected.constructor) return Number.POSITIVE_INFINITY
  return expected instanceof Int32Array ? fractionOfOthers(actual, expected) : relativeDifference(actual, expected)
}

function fractionOfOthers(actual: Output, expected: Int32Array): number {
  return expected.filter((id, i) => id !== actual[i]).length / expected.length
}

function relativeDifference(actual: Output, expected: Float32Array): number {
  let largest = 0
  let difference = 0
  for (let i = 0; i < expected.length; i++) {
    const apart = Math.abs(actual[i]! - expected[i]!)
    if (!Number.isFinite(apart)) return Number.POSITIVE_INFINITY
    difference = Math.max(difference, apart)
    largest = Math.max(largest, Math.abs(expected[i]!))
  }
  return difference === 0 ? 0 : difference / largest
}
