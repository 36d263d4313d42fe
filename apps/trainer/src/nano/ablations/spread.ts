/** Values of several seeds. */
export interface Spread {
  readonly count: number
  readonly mean: number
  /** Standard deviation of the sample; 0 of a single value. */
  readonly deviation: number
  /** Ends of the 95 % interval of the mean, by Student's distribution; absent for a single value, which has none. */
  readonly interval: readonly [low: number, high: number] | undefined
}

/** 97.5 % quantiles of Student's distribution, by degrees of freedom from 1. */
const quantiles = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262]

/** Mean and spread of one to ten values. Errors: RangeError for fewer or more. */
export function spread(values: readonly number[]): Spread {
  const count = values.length
  if (count < 1 || count > quantiles.length + 1) throw new RangeError(`${count} values have no spread here.`)
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  if (count === 1) return { count, mean, deviation: 0, interval: undefined }
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1))
  const half = (quantiles[count - 2]! * deviation) / Math.sqrt(count)
  return { count, mean, deviation, interval: [mean - half, mean + half] }
}
