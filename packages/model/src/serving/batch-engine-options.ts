/** How many answer at once, and the room they share. */
export interface BatchEngineOptions {
  /** Answers at the same time; others wait in the order in which they came. Default 32. */
  maxConcurrent?: number
  /** Tokens of prompts that one step computes beside the answers, whose pace it bounds. Default 128. */
  prefillTokens?: number
  /** Tokens in a page of the cache. Default 16. */
  pageSize?: number
  /** Pages in all. Default: 512 tokens for each answer, or the model's whole context for one, in at most 1 GiB. */
  pages?: number
}

/** What an engine is doing, and has done. */
export interface BatchStatistics {
  /** Answers under way, those whose prompt is being prepared included. */
  active: number
  /** Those that wait for their turn. */
  waiting: number
  /** Pages of the cache; those `used` belong to answers under way. None for a model that answers one at a time. */
  pages: { total: number; used: number }
  /** Forward passes. */
  steps: number
  /** Tokens and rows of images that went through the language model. */
  computedTokens: number
  /** Tokens and rows of images that prompts found in the cache. */
  sharedTokens: number
}
