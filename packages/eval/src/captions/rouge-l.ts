import { mean } from "../statistics/mean.ts"
import type { CaptionPair } from "./caption-pair.ts"

const beta = 1.2

/**
 * ROUGE-L (Lin 2004), the mean over captions, as COCO's scorer computes it: the best precision and the best recall over
 * the references, be they of two references, with beta 1.2.
 */
export function rougeL(pairs: readonly CaptionPair[]): number {
  return mean(pairs.map(rougeLOf))
}

/** ROUGE-L of one caption. */
export function rougeLOf({ candidate, references }: CaptionPair): number {
  // An empty caption counts as one of a single empty word, as it does there.
  const own = candidate.length === 0 ? [""] : candidate
  let precision = 0
  let recall = 0
  for (const reference of references) {
    const other = reference.length === 0 ? [""] : reference
    const common = longestCommonSubsequence(own, other)
    precision = Math.max(precision, common / own.length)
    recall = Math.max(recall, common / other.length)
  }
  if (precision === 0 || recall === 0) return 0
  return ((1 + beta ** 2) * precision * recall) / (recall + beta ** 2 * precision)
}

function longestCommonSubsequence(first: readonly string[], second: readonly string[]): number {
  let above = new Uint16Array(second.length + 1)
  let row = new Uint16Array(second.length + 1)
  for (const word of first) {
    for (let j = 1; j <= second.length; j++) {
      row[j] = word === second[j - 1] ? above[j - 1]! + 1 : Math.max(above[j]!, row[j - 1]!)
    }
    const full = row
    row = above
    above = full
  }
  return above[second.length]!
}
