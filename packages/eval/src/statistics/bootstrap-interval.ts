import { mean } from "./mean.ts"
import { seededRandom } from "./seeded-random.ts"

export interface BootstrapOptions {
  /** Default 1000. */
  samples?: number
  /** Default 0.95. */
  level?: number
  /** Default 0. */
  seed?: number
}

export interface Interval {
  low: number
  high: number
}

/** The percentile bootstrap interval of the mean of values that were measured independently. */
export function bootstrapInterval(values: readonly number[], options: BootstrapOptions = {}): Interval {
  const { samples = 1000, level = 0.95, seed = 0 } = options
  const random = seededRandom(seed)
  const means = Array.from({ length: samples }, () => {
    let sum = 0
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)]!
    return sum / values.length
  }).sort((first, second) => first - second)
  const at = (fraction: number) => means[Math.min(samples - 1, Math.floor(fraction * samples))] ?? mean(values)
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) }
}
