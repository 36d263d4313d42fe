import type { KvContext } from "./kv-cache.ts"

/**
 * Keys and values of many sequences in pages of one store on the GPU (Kwon et al. 2023). Who uses it keeps account of
 * the pages: a sequence takes any that nobody writes to, in any order, and sequences that begin alike may share them.
 */
export interface PagedKvCache extends Disposable {
  readonly pages: number
  /** Tokens in a page. */
  readonly pageSize: number
  /**
   * What `forward` is given as `cache` to go on with these sequences in one pass. Its embeddings are then the new tokens
   * of all of them, one after the other, as `[tokens, 1, hiddenSize]`. Errors: "pages" for a sequence that has too few.
   */
  context(sequences: readonly PagedSequence[]): KvContext
}

/** A sequence in one forward pass. */
export interface PagedSequence {
  /** The pages of its tokens in order, with room for the new ones. */
  readonly pages: readonly number[]
  /** Tokens whose keys and values are in the pages. */
  readonly length: number
  /** Tokens that this pass adds; at least one. */
  readonly added: number
}

/** The size of a paged cache, which does not grow. */
export interface PagedKvCacheOptions {
  /** At most: fewer where the device cannot bind so many at once, or where they take more than `maxBytes`. */
  pages: number
  /** Bytes on the GPU of all layers together. Default: no limit. */
  maxBytes?: number
  /** Tokens in a page. */
  pageSize: number
}
