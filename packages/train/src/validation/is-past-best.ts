import type { ValidationLine } from "../metrics/validation-line.ts"

/** Whether the loss has not come below its least for `patience` validations in a row. */
export function isPastBest(lines: readonly ValidationLine[], patience: number): boolean {
  const losses = lines.map(({ loss }) => loss)
  const best = losses.indexOf(Math.min(...losses))
  return best !== -1 && losses.length - 1 - best >= patience
}
