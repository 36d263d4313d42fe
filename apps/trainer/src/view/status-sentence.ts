import { duration } from "./duration.ts"
import { megabytes } from "./megabytes.ts"
import type { TrainingStatus } from "./status-line.ts"

/** Where a run stands, as a line of a log. */
export function statusSentence({ last, secondsLeft }: Omit<TrainingStatus, "losses">): string {
  const { step, steps, loss, tokensPerSecond, gpuBytes } = last
  const left = step === steps ? "done" : `${duration(secondsLeft)} left`
  return `step ${step} of ${steps}: loss ${loss.toFixed(4)}, ${Math.round(tokensPerSecond)} tokens/s, ${left}, ${megabytes(gpuBytes)} MB on the GPU`
}
