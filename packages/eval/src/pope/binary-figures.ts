import { percent } from "../statistics/percent.ts"

/** Figures of yes-or-no answers, in percent with two decimals; null where there is nothing to divide by. */
export interface BinaryFigures {
  accuracy: number | null
  precision: number | null
  recall: number | null
  f1: number | null
  yesRatio: number | null
}

/** Yes is the positive answer. */
export function binaryFigures(pairs: readonly { label: "yes" | "no"; answer: "yes" | "no" }[]): BinaryFigures {
  const count = (label: string, answer: string) =>
    pairs.filter((pair) => pair.label === label && pair.answer === answer).length
  const right = count("yes", "yes")
  const falseYes = count("no", "yes")
  const falseNo = count("yes", "no")
  return {
    accuracy: percent(right + count("no", "no"), pairs.length),
    precision: percent(right, right + falseYes),
    recall: percent(right, right + falseNo),
    f1: percent(2 * right, 2 * right + falseYes + falseNo),
    yesRatio: percent(right + falseYes, pairs.length),
  }
}
