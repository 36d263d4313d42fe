import { mean } from "./mean.ts"

/** Of a sample (n - 1 in the denominator); NaN of fewer than two values. */
export function standardDeviation(values: readonly number[]): number {
  const center = mean(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1))
}
