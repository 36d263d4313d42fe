import type { Spread } from "./spread.ts"

/** "82.0 ± 1.0 %": mean and standard deviation of shares. */
export const percents = ({ count, mean, deviation }: Spread): string =>
  `${(100 * mean).toFixed(1)}${count > 1 ? ` ± ${(100 * deviation).toFixed(1)}` : ""} %`
