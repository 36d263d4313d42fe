export interface LearningRateSchedule {
  readonly kind: "constant" | "linear" | "cosine"
  /** Steps over which the rate rises from zero, in a line. */
  readonly warmupSteps?: number
  /** All steps, warm-up included. */
  readonly steps: number
  /** What is left at the end; 0 unless given. */
  readonly minimum?: number
}

/**
 * Part of the peak learning rate at a step, counted from 0: warm-up, then constant, a line, or half a cosine
 * (Loshchilov and Hutter 2017) down to `minimum`; as the schedules of Hugging Face transformers.
 */
export function learningRateFactor(step: number, schedule: LearningRateSchedule): number {
  const { kind, warmupSteps = 0, steps, minimum = 0 } = schedule
  if (step < warmupSteps) return step / Math.max(1, warmupSteps)
  if (kind === "constant") return 1
  const progress = Math.min(1, (step - warmupSteps) / Math.max(1, steps - warmupSteps))
  const left = kind === "linear" ? 1 - progress : 0.5 * (1 + Math.cos(Math.PI * progress))
  return minimum + (1 - minimum) * left
}
