/** What became of the captions, step by step; a step's counts are 0 before it. */
export interface FilterCounts {
  pairs: number
  /** Left out: nothing but white space. */
  emptyCaptions: number
  /** Left out: they contain `<image>`, which stands for a picture in training data. */
  reservedCaptions: number
  /** Left out: no noun phrase was found. */
  captionsWithoutPhrase: number
  /** Different phrases. */
  phrases: number
  /** Phrases of all captions, each once per caption. */
  mentions: number
  /** Phrases of at least the minimum frequency. */
  frequentPhrases: number
  /** Pairs that have one of them. */
  pairsWithFrequentPhrase: number
  /** Phrases of more captions than one phrase may bring in. */
  cappedPhrases: number
  chosen: number
}
