import { type CaptionPair, wordsOf } from "./caption-pair.ts"
import { NgramIndex, type Ngrams } from "./ngram-index.ts"

export interface BleuScore {
  /** BLEU-1 to BLEU-4, 0 to 1. */
  scores: number[]
  /** n-grams of the candidates, and how many of them are in references, for each n. */
  guessed: number[]
  correct: number[]
  /** Words of the candidates, and of the references that are nearest in length. */
  candidateLength: number
  referenceLength: number
}

/**
 * BLEU of a whole set of captions (Papineni et al. 2002) as COCO's scorer computes it: clipped counts summed over the set,
 * geometric means, and the brevity penalty against the reference nearest in length (of two, the shorter).
 */
export function bleu(pairs: readonly CaptionPair[], order = 4): BleuScore {
  const guessed = Array.from({ length: order }, () => 0)
  const correct = guessed.slice()
  let candidateLength = 0
  let referenceLength = 0
  for (const pair of pairs) {
    const index = new NgramIndex(order)
    const candidate = index.ngrams(wordsOf(pair.candidate))
    const references = pair.references.map((reference) => index.ngrams(wordsOf(reference)))
    const length = candidate.ends[0]!
    candidateLength += length
    referenceLength += nearest(
      references.map(({ ends }) => ends[0]!),
      length,
    )
    const matched = clippedMatches(candidate, references, index.size)
    for (let n = 0; n < order; n++) {
      const start = candidate.ends[n - 1] ?? 0
      guessed[n]! += candidate.ends[n]! - start
      for (let i = start; i < candidate.ends[n]!; i++) correct[n]! += matched[i]!
    }
  }
  return {
    scores: scoresOf(guessed, correct, candidateLength, referenceLength),
    guessed,
    correct,
    candidateLength,
    referenceLength,
  }
}

/** For each n-gram of the candidate 1 where it matches: each as often as the reference that has it most often. */
function clippedMatches(candidate: Ngrams, references: readonly Ngrams[], size: number): Uint8Array {
  const allowed = new Uint16Array(size)
  for (const { numbers } of references) {
    const counts = new Uint16Array(size)
    for (const number of numbers) {
      counts[number]!++
      if (counts[number]! > allowed[number]!) allowed[number] = counts[number]!
    }
  }
  return Uint8Array.from(candidate.numbers, (number) => {
    if (allowed[number] === 0) return 0
    allowed[number]!--
    return 1
  })
}

/** The constants keep a set without any n-gram from dividing by zero, and are the reference scorer's. */
function scoresOf(guessed: number[], correct: number[], candidateLength: number, referenceLength: number): number[] {
  const ratio = (candidateLength + 1e-15) / (referenceLength + 1e-9)
  const brevity = ratio < 1 ? Math.exp(1 - 1 / ratio) : 1
  let product = 1
  return guessed.map((guesses, n) => {
    product *= (correct[n]! + 1e-15) / (guesses + 1e-9)
    return product ** (1 / (n + 1)) * brevity
  })
}

function nearest(lengths: readonly number[], wanted: number): number {
  return lengths.reduce((best, length) => {
    const difference = Math.abs(length - wanted) - Math.abs(best - wanted)
    return difference < 0 || (difference === 0 && length < best) ? length : best
  })
}
