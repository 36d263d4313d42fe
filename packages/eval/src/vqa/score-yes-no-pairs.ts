import { parseReply } from "../pope/parse-reply.ts"
import { percent } from "../statistics/percent.ts"

/** A yes-or-no question about an image, as MME asks them in pairs, and the reply. */
export interface YesNoItem {
  /** The image, or whatever makes a pair. */
  pair: string
  task: string
  label: "yes" | "no"
  /** Undefined where there is none; it counts as wrong. */
  reply: string | undefined
}

export interface YesNoScore {
  /** Percent of questions that are right, and of pairs that are right in every question. */
  accuracy: number | null
  accuracyPlus: number | null
  /** The sum of both: MME's score of a task, 200 at most. */
  score: number
  questions: number
  /** Replies with neither yes nor no; they count as wrong. */
  unparsed: number
}

/** MME's figures, per task. */
export function scoreYesNoPairs(items: readonly YesNoItem[]): Record<string, YesNoScore> {
  return Object.fromEntries([...Map.groupBy(items, ({ task }) => task)].map(([task, own]) => [task, scoreTask(own)]))
}

function scoreTask(items: readonly YesNoItem[]): YesNoScore {
  const replies = items.map(({ reply }) => parseReply(reply ?? ""))
  const right = items.map(({ label }, index) => replies[index]!.parsed && replies[index]!.answer === label)
  const pairs = [...Map.groupBy(items.keys(), (index) => items[index]!.pair).values()]
  const whole = pairs.filter((pair) => pair.every((index) => right[index]))
  const count = right.filter(Boolean).length
  return {
    accuracy: percent(count, items.length),
    accuracyPlus: percent(whole.length, pairs.length),
    score: (count / items.length + whole.length / pairs.length) * 100,
    questions: items.length,
    unparsed: replies.filter(({ parsed }) => !parsed).length,
  }
}
