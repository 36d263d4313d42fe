import { mean } from "../statistics/mean.ts"
import { type CaptionPair, wordsOf } from "./caption-pair.ts"
import { countNumbers } from "./count-numbers.ts"
import { NgramIndex } from "./ngram-index.ts"

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
  const references = pairs.map((pair) => pair.references.map((reference) => index.numbers(wordsOf(reference))))
  const frequency = documentFrequency(references, index.size)
  const logCount = Math.log(pairs.length)
  const weightOf = (number: number) => logCount - Math.log(Math.max(1, frequency[number] ?? 0))

  const scores = pairs.map((pair, i) => {
    const candidate = vectorOf(index.numbers(wordsOf(pair.candidate)), weightOf)
    const similar = references[i]!.map((lists) => similarities(candidate, vectorOf(lists, weightOf)))
    return {
      clipped: 10 * mean(similar.map(({ clipped }) => clipped)),
      plain: 10 * mean(similar.map(({ plain }) => plain)),
    }
  })
  return { clipped: mean(scores.map(({ clipped }) => clipped)), plain: mean(scores.map(({ plain }) => plain)) }
}

/** In the references of how many images each n-gram is. */
function documentFrequency(references: readonly Int32Array[][][], size: number): Int32Array {
  const frequency = new Int32Array(size)
  const lastSeen = new Int32Array(size).fill(-1)
  for (const [image, ofImage] of references.entries()) {
    for (const lists of ofImage) {
      for (const list of lists) {
        for (const number of list) {
          if (lastSeen[number] === image) continue
          lastSeen[number] = image
          frequency[number]!++
        }
      }
    }
  }
  return frequency
}

interface Vector {
  /** Per n: the weight of each n-gram. */
  weights: Map<number, number>[]
  norms: number[]
  /** The number of bigrams, which the reference scorer takes for the length. */
  length: number
}

function vectorOf(lists: readonly Int32Array[], weightOf: (number: number) => number): Vector {
  const norms: number[] = []
  const weights = lists.map((list) => {
    const vector = countNumbers(list)
    let squares = 0
    for (const [number, count] of vector) {
      const weight = count * weightOf(number)
      vector.set(number, weight)
      squares += weight ** 2
    }
    norms.push(Math.sqrt(squares))
    return vector
  })
  return { weights, norms, length: lists[1]?.length ?? 0 }
}

function similarities(candidate: Vector, reference: Vector): Record<CiderVariant, number> {
  const penalty = Math.exp(-((candidate.length - reference.length) ** 2) / (2 * sigma ** 2))
  let clipped = 0
  let plain = 0
  for (const [n, weights] of candidate.weights.entries()) {
    const norm = candidate.norms[n]! * reference.norms[n]!
    if (norm === 0) continue
    for (const [number, weight] of weights) {
      const other = reference.weights[n]!.get(number)
      if (other === undefined) continue
      clipped += (Math.min(weight, other) * other) / norm
      plain += (weight * other) / norm
    }
  }
  const orders = candidate.weights.length
  return { clipped: (clipped * penalty) / orders, plain: plain / orders }
}
