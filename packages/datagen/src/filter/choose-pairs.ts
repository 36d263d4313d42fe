import { hashNumber } from "../random/hash-number.ts"
import { seededRandom } from "../random/seeded-random.ts"
import { BitSet } from "./bit-set.ts"
import type { FilterSettings } from "./filter-options.ts"
import type { PairStore } from "./pair-store.ts"
import { sampleItems } from "./sample-items.ts"

export interface PairChoice {
  /** Numbers of the chosen pairs. */
  chosen: BitSet
  /** Phrases of at least the minimum frequency. */
  frequentPhrases: number
  /** Pairs that have such a phrase. */
  pairsWithFrequentPhrase: number
  /** Phrases that more captions have than one phrase may bring in. */
  cappedPhrases: number
}

/**
 * The rule of LLaVA's CC3M-595K (appendix of Liu et al., 2023): from the rarest phrase that is frequent enough upwards,
 * the captions that have it go into the pool; of a phrase that more than the most have, a random choice.
 *
 * A phrase's random choice depends on the seed, its text and the captions that are eligible for it.
 */
export function choosePairs(
  store: PairStore,
  settings: FilterSettings,
  options: { onPhrase?: () => void; signal?: AbortSignal } = {},
): PairChoice {
  const { minimumFrequency, maximumPerPhrase, chosenCaptions, ties, seed } = settings
  const chosen = new BitSet(store.pairs)
  const reached = new BitSet(store.pairs)
  const pairsOf = store.pairsOf()
  const order = ties === "random" ? ({ random: true, seed } as const) : ({ random: false } as const)
  let frequentPhrases = 0
  let cappedPhrases = 0
  for (const { id, text, frequency } of store.phrases(minimumFrequency, order)) {
    options.signal?.throwIfAborted()
    options.onPhrase?.()
    frequentPhrases++
    if (frequency > maximumPerPhrase) cappedPhrases++
    let room = maximumPerPhrase
    const eligible: number[] = []
    for (const pair of pairsOf(id)) {
      reached.add(pair)
      if (chosenCaptions === "ignore" || !chosen.has(pair)) eligible.push(pair)
      else room--
    }
    if (eligible.length <= room) for (const pair of eligible) chosen.add(pair)
    else if (room > 0)
      for (const pair of sampleItems(eligible, room, seededRandom(hashNumber(seed, text)))) chosen.add(pair)
  }
  return { chosen, frequentPhrases, cappedPhrases, pairsWithFrequentPhrase: reached.size }
}
