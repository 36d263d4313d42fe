import { findKind } from "../kinds/find-kind.ts"
import { numberWord } from "./number-word.ts"
import { withArticle } from "./with-article.ts"

/** "a cat", "two cats", "no cats". */
export function countNoun(kind: string, count: number): string {
  if (count === 1) return withArticle(kind)
  return `${count === 0 ? "no" : numberWord(count)} ${findKind(kind).plural}`
}
