import { mean } from "../statistics/mean.ts"
import type { ReviewFile } from "./parse-reviews.ts"

/** What it is worth to stand first, from reviews of the same pairs in both orders. */
export interface PositionBias {
  /** Questions that were judged in both orders. */
  questions: number
  /** Points (of 10) that the same answer gets more in the first place than in the second, on average. */
  firstPlace: number
  /** Of the questions, in percent: whose better answer changes with the order; a draw in one order is no change. */
  reversed: number
}

/** Undefined where no question was judged in both orders. Reviews that failed are left out. */
export function positionBias(files: readonly ReviewFile[]): PositionBias | undefined {
  const inOrder = (swapped: boolean) => {
    const scores = new Map<string, [reference: number[], candidate: number[]]>()
    for (const review of files.flatMap(({ reviews }) => reviews)) {
      if (review.swapped !== swapped || review.scores === undefined) continue
      const own = scores.get(review.question) ?? [[], []]
      own[0].push(review.scores[0])
      own[1].push(review.scores[1])
      scores.set(review.question, own)
    }
    return new Map([...scores].map(([id, [reference, candidate]]) => [id, [mean(reference), mean(candidate)] as const]))
  }
  const straight = inOrder(false)
  const swapped = inOrder(true)
  const both = [...straight].flatMap(([id, before]) => {
    const after = swapped.get(id)
    return after === undefined ? [] : [{ before, after }]
  })
  if (both.length === 0) return undefined
  const gains = both.map(({ before, after }) => (before[0] - after[0] + (after[1] - before[1])) / 2)
  const turned = both.filter(({ before, after }) => (before[0] - before[1]) * (after[0] - after[1]) < 0)
  const rounded = (value: number) => Math.round(value * 100) / 100
  return {
    questions: both.length,
    firstPlace: rounded(mean(gains)),
    reversed: rounded((turned.length / both.length) * 100),
  }
}
