import { mean } from "../statistics/mean.ts"
import { roundHalfEven } from "../statistics/round-half-even.ts"

/** One image and its caption as a CLIP sees them: unit vectors. */
export interface ClipScoreItem {
  id: string
  image: ArrayLike<number>
  caption: ArrayLike<number>
  /** Of the reference captions, where there are any. */
  references?: readonly ArrayLike<number>[]
}

export interface ClipScore {
  /** The mean over captions, four decimals; 2.5 at most. */
  clipScore: number
  /** With the nearest reference taken into account; over the captions that have references, null without any. */
  refClipScore: number | null
  captions: number
  scores: Map<string, number>
}

/** What stands before every caption and reference when a CLIP embeds it. */
export const clipScorePrompt = "A photo depicts "

/**
 * CLIPScore (Hessel et al. 2021): 2.5 times the cosine of image and caption, nothing below 0; RefCLIPScore is its harmonic
 * mean with the cosine of the caption's nearest reference.
 */
export function clipScore(items: readonly ClipScoreItem[]): ClipScore {
  const scores = new Map<string, number>()
  const withReferences: number[] = []
  for (const { id, image, caption, references } of items) {
    const score = 2.5 * Math.max(cosine(image, caption), 0)
    scores.set(id, score)
    if (references === undefined || references.length === 0) continue
    const nearest = Math.max(0, ...references.map((reference) => cosine(caption, reference)))
    withReferences.push(score + nearest === 0 ? 0 : (2 * score * nearest) / (score + nearest))
  }
  return {
    clipScore: roundHalfEven(mean([...scores.values()]), 4),
    refClipScore: withReferences.length === 0 ? null : roundHalfEven(mean(withReferences), 4),
    captions: scores.size,
    scores,
  }
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [product, first, second] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!
    first += a[i]! ** 2
    second += b[i]! ** 2
  }
  return product / Math.sqrt(first * second)
}
