import type { Attempt, FinishedSlot } from "./image-run.ts"

export interface RunProgress {
  /** Samples planned, and those made or given up so far. */
  planned: number
  finished: number
  samples: number
  /** Replies rejected so far. */
  rejected: number
  /** Answers in the journal and their tokens, of all processes of the run. */
  requests: number
  promptTokens: number
  completionTokens: number
}

/** The progress after one more reply was judged. */
export function advanceProgress(before: RunProgress, judged: Attempt | FinishedSlot): RunProgress {
  const isFinished = "slot" in judged
  const isSample = isFinished && judged.sample !== undefined
  return {
    ...before,
    finished: before.finished + (isFinished ? 1 : 0),
    samples: before.samples + (isSample ? 1 : 0),
    rejected: before.rejected + (isSample ? 0 : 1),
  }
}
