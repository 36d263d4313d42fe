import type { TrainStep } from "@llava/train"
import { duration } from "./duration.ts"
import { megabytes } from "./megabytes.ts"
import { sparkline } from "./sparkline.ts"

export interface TrainingStatus {
  last: TrainStep
  /** Of every step since the program began. */
  losses: readonly number[]
  secondsLeft: number
}

const BAR = 20
const CURVE = 24

/**
 * "120/200 [############........] loss 2.1034 ▇▅▄▃▂▁ 512 tokens/s 3 min 20 s left 48 MB": what a terminal of so many
 * columns has room for, the picture first to go.
 */
export function statusLine({ last, losses, secondsLeft }: TrainingStatus, columns: number): string {
  const { step, steps, loss, tokensPerSecond, gpuBytes } = last
  const filled = Math.round((step / steps) * BAR)
  const bar = `[${"#".repeat(filled)}${".".repeat(BAR - filled)}]`
  const figures = [
    `loss ${loss.toFixed(4)}`,
    sparkline(losses, CURVE),
    `${Math.round(tokensPerSecond)} tokens/s`,
    step === steps ? "done" : `${duration(secondsLeft)} left`,
    `${megabytes(gpuBytes)} MB`,
  ]
  const [lossText, curve, ...others] = figures
  const candidates = [
    [`${step}/${steps}`, bar, ...figures],
    [`${step}/${steps}`, bar, lossText, ...others],
    [`${step}/${steps}`, lossText, curve],
    [`${step}/${steps}`, lossText],
  ]
  const fitting = candidates.map((parts) => parts.join(" ")).find((line) => line.length < columns)
  return (fitting ?? `${step}/${steps}`).slice(0, Math.max(0, columns - 1))
}
