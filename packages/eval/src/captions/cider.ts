import { mean } from "../statistics/mean.ts"
import { type CaptionPair, wordsOf } from "./caption-pair.ts"
import { NgramIndex, type Ngrams } from "./ngram-index.ts"

/**
 * `clipped` is CIDEr-D, which COCO's scorer prints as CIDEr: counts are clipped to those of the reference, and a Gaussian
 * of the difference in length (sigma 6) weighs them. `plain` is the CIDEr of the paper's first definition, the mean cosine.
 */
export type CiderVariant = "clipped" | "plain"

const sigma = 6

/**
 * CIDEr of each variant (Vedantam et al. 2015), the mean over captions times 10, with document frequencies from the
 * references of the set itself. Over a set of one image it is 0: every weight is log 1.
 */
export function cider(pairs: readonly CaptionPair[]): Record<CiderVariant, number> {
  const index = new NgramIndex()
  const texts = pairs.map((pair) => ({
    candidate: index.ngrams(wordsOf(pair.candidate)),
    references: pair.references.map((reference) => index.ngrams(wordsOf(reference))),
  }))
  const weights = documentWeights(
    texts.map(({ references }) => references),
    index.size,
  )
  const counts = new Int32Array(index.size)
  const candidateWeights = new Float64Array(index.size)
  const scores = texts.map(({ candidate, references }) => {
    const vector = vectorOf(candidate, weights, counts)
    for (const [i, number] of vector.numbers.entries()) candidateWeights[number] = vector.values[i]!
    const similar = references.map((reference) =>
      similarity(vector, vectorOf(reference, weights, counts), candidateWeights),
    )
    for (const number of vector.numbers) candidateWeights[number] = 0
    return {
      clipped: 10 * mean(similar.map(({ clipped }) => clipped)),
      plain: 10 * mean(similar.map(({ plain }) => plain)),
    }
  })
  return { clipped: mean(scores.map(({ clipped }) => clipped)), plain: mean(scores.map(({ plain }) => plain)) }
}

/** Of each n-gram: the logarithm of all images over the images that have it in their references. */
function documentWeights(references: readonly (readonly Ngrams[])[], size: number): Float64Array {
  const frequency = new Int32Array(size)
  const lastSeen = new Int32Array(size).fill(-1)
  for (const [image, ofImage] of references.entries()) {
    for (const { numbers } of ofImage) {
      for (const number of numbers) {
        if (lastSeen[number] === image) continue
        lastSeen[number] = image
        frequency[number]!++
      }
    }
  }
  const logCount = Math.log(references.length)
  return Float64Array.from(frequency, (count) => logCount - Math.log(Math.max(1, count)))
}

interface Vector {
  /** The different n-grams, in the order of n, and the weight of each. */
  numbers: number[]
  values: number[]
  /** Where the n-grams of each n end among them. */
  ends: number[]
  norms: number[]
  /** The number of bigrams, which the reference scorer takes for the length. */
  length: number
}

/** @param counts all zero, and again when it returns */
function vectorOf({ numbers, ends }: Ngrams, weights: Float64Array, counts: Int32Array): Vector {
  const vector: Vector = { numbers: [], values: [], ends: [], norms: [], length: ends[1]! - ends[0]! }
  for (const number of numbers) counts[number]!++
  let start = 0
  for (const end of ends) {
    let squares = 0
    for (let i = start; i < end; i++) {
      const number = numbers[i]!
      const count = counts[number]!
      if (count === 0) continue
      counts[number] = 0
      const value = count * weights[number]!
      vector.numbers.push(number)
      vector.values.push(value)
      squares += value ** 2
    }
    vector.ends.push(vector.numbers.length)
    vector.norms.push(Math.sqrt(squares))
    start = end
  }
  return vector
}

function similarity(
  candidate: Vector,
  reference: Vector,
  candidateWeights: Float64Array,
): Record<CiderVariant, number> {
  const penalty = Math.exp(-((candidate.length - reference.length) ** 2) / (2 * sigma ** 2))
  let clipped = 0
  let plain = 0
  let start = 0
  for (const [n, end] of reference.ends.entries()) {
    const norm = candidate.norms[n]! * reference.norms[n]!
    for (let i = start; norm > 0 && i < end; i++) {
      const own = candidateWeights[reference.numbers[i]!]!
      const other = reference.values[i]!
      clipped += (Math.min(own, other) * other) / norm
      plain += (own * other) / norm
    }
    start = end
  }
  const orders = reference.ends.length
  return { clipped: (clipped * penalty) / orders, plain: plain / orders }
}
