import type { BitSet } from "./bit-set.ts"
import type { CaptionPair } from "./caption-pair.ts"
import { choosePairs } from "./choose-pairs.ts"
import type { FilterCounts } from "./filter-counts.ts"
import { type FilterOptions, filterOptionsSchema } from "./filter-options.ts"
import { NounPhraseTagger } from "./noun-phrase-tagger.ts"
import { PairStore } from "./pair-store.ts"

export interface FilterPairsOptions {
  /** A file for what does not fit into memory, about 200 bytes a caption; deleted in the end. */
  workFile: string
  settings?: FilterOptions
  /** After each step, with the counts known by then. */
  onStep?: (step: "read" | "phrases" | "frequency" | "choice", counts: FilterCounts) => void
  /** Captions tagged so far, or phrases dealt with. */
  onProgress?: (step: "read" | "choice", done: number) => void
  signal?: AbortSignal
}

export interface FilteredPairs extends Disposable {
  readonly counts: FilterCounts
  /** The chosen pairs, in the order of the input. */
  pairs(): Iterable<CaptionPair>
}

/**
 * Chooses pairs so that every notion is covered and none dominates, as LLaVA's CC3M-595K was chosen: see `choosePairs`.
 * Memory does not grow with the number of captions, but for two bits each.
 *
 * @throws the signal's reason when aborted; zod's error where the settings are wrong.
 */
export async function filterPairs(
  pairs: Iterable<CaptionPair> | AsyncIterable<CaptionPair>,
  options: FilterPairsOptions,
): Promise<FilteredPairs> {
  const { workFile, onStep, onProgress, signal } = options
  const settings = filterOptionsSchema.parse(options.settings ?? {})
  using guarded = new DisposableStack()
  const store = guarded.use(new PairStore(workFile))
  const tagger = new NounPhraseTagger(settings)
  const counts: FilterCounts = {
    pairs: 0,
    emptyCaptions: 0,
    reservedCaptions: 0,
    captionsWithoutPhrase: 0,
    phrases: 0,
    mentions: 0,
    frequentPhrases: 0,
    pairsWithFrequentPhrase: 0,
    cappedPhrases: 0,
    chosen: 0,
  }

  for await (const pair of pairs) {
    signal?.throwIfAborted()
    counts.pairs++
    const caption = pair.caption.trim()
    if (caption === "") counts.emptyCaptions++
    else if (caption.includes("<image>")) counts.reservedCaptions++
    else {
      const phrases = tagger.phrases(caption)
      if (phrases.length === 0) counts.captionsWithoutPhrase++
      else store.add({ ...pair, caption }, phrases)
    }
    if (counts.pairs % 1000 === 0) onProgress?.("read", counts.pairs)
  }
  onStep?.("read", counts)
  counts.phrases = store.finish()
  counts.mentions = store.mentions
  onStep?.("phrases", counts)

  let phrases = 0
  const onPhrase = () => {
    if (++phrases % 1000 === 0) onProgress?.("choice", phrases)
  }
  const choice = choosePairs(store, settings, { onPhrase, ...(signal && { signal }) })
  counts.frequentPhrases = choice.frequentPhrases
  counts.pairsWithFrequentPhrase = choice.pairsWithFrequentPhrase
  onStep?.("frequency", counts)
  counts.cappedPhrases = choice.cappedPhrases
  counts.chosen = choice.chosen.size
  onStep?.("choice", counts)

  const kept = guarded.move()
  return {
    counts,
    pairs: () => chosenPairs(store, choice.chosen),
    [Symbol.dispose]: () => kept.dispose(),
  }
}

function* chosenPairs(store: PairStore, chosen: BitSet): Generator<CaptionPair> {
  for (const { number, id, image, caption } of store.all()) if (chosen.has(number)) yield { id, image, caption }
}
