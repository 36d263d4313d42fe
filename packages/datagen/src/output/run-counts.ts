import type { Kind } from "../kinds/kind.ts"
import type { FinishedSlot } from "../run/image-run.ts"

export interface KindCounts {
  planned: number
  samples: number
  /** Given up after all attempts. */
  rejected: number
  questions: number
}

/** What became of a run's samples and replies. */
export interface RunCounts {
  kinds: Record<string, KindCounts>
  /** Replies judged, and how many of them were taken. */
  replies: number
  repliesTaken: number
  /** Replies rejected, by every rule that one broke. */
  rejectedReplies: Record<string, number>
  /** Samples given up, by the rules that their last reply broke. */
  rejectedSamples: Record<string, number>
  /** Samples kept and listed in `flagged.jsonl`, by rule. */
  flagged: Record<string, number>
  /** Questions left out because their image had them already. */
  duplicateQuestions: number
}

export function newRunCounts(kinds: readonly Kind[]): RunCounts {
  const none = { planned: 0, samples: 0, rejected: 0, questions: 0 }
  return {
    kinds: Object.fromEntries(kinds.map(({ name }) => [name, { ...none }])),
    replies: 0,
    repliesTaken: 0,
    rejectedReplies: {},
    rejectedSamples: {},
    flagged: {},
    duplicateQuestions: 0,
  }
}

export function countFinished(counts: RunCounts, { slot, sample, flags, rejected, duplicates }: FinishedSlot): void {
  const kind = counts.kinds[slot.kind.name]!
  if (sample) {
    kind.samples++
    kind.questions += sample.conversations.length / 2
  } else kind.rejected++
  counts.replies += rejected.length + (sample ? 1 : 0)
  counts.repliesTaken += sample ? 1 : 0
  counts.duplicateQuestions += duplicates.length
  for (const { problems } of rejected) addRules(counts.rejectedReplies, problems)
  if (!sample) addRules(counts.rejectedSamples, rejected.at(-1)?.problems ?? [])
  addRules(counts.flagged, flags)
}

function addRules(counts: Record<string, number>, problems: readonly { rule: string }[]): void {
  for (const rule of new Set(problems.map((problem) => problem.rule))) counts[rule] = (counts[rule] ?? 0) + 1
}
