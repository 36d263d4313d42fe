import type { QuestionKind } from "@llava/scenes"
import type { AnsweredQuestion } from "./ask-nano.ts"
import type { Proportion } from "./proportion.ts"
import { shareOfRight } from "./share-of-right.ts"

export interface KindFigures {
  readonly kind: QuestionKind
  readonly right: Proportion
  /** Share of answers that are word for word as expected. */
  readonly exact: number
  /** Share of questions whose answer is the commonest one: what always giving it would score. */
  readonly commonest: number
}

/** How the questions of one kind were answered. */
export function kindFigures(kind: QuestionKind, answered: readonly AnsweredQuestion[]): KindFigures {
  const counts = new Map<string, number>()
  for (const { question } of answered) {
    const gist = gistOf(question.answer)
    counts.set(gist, (counts.get(gist) ?? 0) + 1)
  }
  return {
    kind,
    right: shareOfRight(answered),
    exact: answered.filter(({ isExact }) => isExact).length / answered.length,
    commonest: Math.max(...counts.values()) / answered.length,
  }
}

/** What an answer comes down to, which needs no look at the picture to be said: yes, no, a number or a side; else all of it. */
const gistOf = (answer: string) => gists.flatMap((gist) => gist.exec(answer)?.[1]?.toLowerCase() ?? [])[0] ?? answer

const gists = [
  /, so (yes|no)\.$/,
  /^(Yes|No),/,
  /\b(zero|one|two|three)( [a-z ]+)?\.$/,
  /: (left of|right of|above|below) it\.$/,
]
