/**
 * max |actual - expected| / (1e-6 + max |expected|): the measure of every parity check. Non-finite values must match.
 * `atLeast`: what the largest expected value counts as, where it is smaller.
 */
export function largestRelativeError(actual: ArrayLike<number>, expected: ArrayLike<number>, atLeast = 0): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY
  let difference = 0
  let scale = atLeast
  for (let i = 0; i < expected.length; i++) {
    const a = actual[i]!
    const b = expected[i]!
    if (Object.is(a, b) || a === b) {
      if (Number.isFinite(b)) scale = Math.max(scale, Math.abs(b))
      continue
    }
    if (!Number.isFinite(a) || !Number.isFinite(b)) return Number.POSITIVE_INFINITY
    difference = Math.max(difference, Math.abs(a - b))
    scale = Math.max(scale, Math.abs(b))
  }
  return difference / (1e-6 + scale)
}
