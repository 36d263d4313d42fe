import type { RunProgress } from "../run/run-progress.ts"

export interface ProgressLineOptions {
  progress: RunProgress
  /** US dollars; undefined where prices are unknown. */
  cost?: number | undefined
  /** Samples finished before this process began, and the milliseconds since. */
  finishedBefore: number
  elapsedMs: number
  /** 0: not a terminal; the text is whole and has no bar. */
  columns: number
}

/** "[####....] 120 of 500  104 samples, 31 replies rejected  1.2 M tokens  $0.31  8 min left" */
export function progressLine({ progress, cost, finishedBefore, elapsedMs, columns }: ProgressLineOptions): string {
  const { planned, finished, samples, rejected, promptTokens, completionTokens } = progress
  const done = finished - finishedBefore
  const left = done > 0 && finished < planned ? `  ${duration((elapsedMs / done) * (planned - finished))} left` : ""
  const money = cost === undefined ? "" : `  $${cost.toFixed(cost < 1 ? 4 : 2)}`
  const tokens = (promptTokens + completionTokens).toLocaleString("en", { notation: "compact" })
  const text = `${finished} of ${planned}  ${samples} samples, ${rejected} replies rejected  ${tokens} tokens${money}${left}`
  const width = Math.min(20, columns - text.length - 4)
  if (columns === 0) return text
  if (width < 5) return text.slice(0, columns - 1)
  const filled = planned === 0 ? width : Math.round((finished / planned) * width)
  return `[${"#".repeat(filled)}${".".repeat(width - filled)}] ${text}`
}

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`
}
