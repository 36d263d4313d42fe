/** What a forward pass must know of the tokens before. */
export interface KvContext {
  readonly batch: number
  /** Tokens that fit in each row. */
  readonly capacity: number
  /** Tokens in each row. */
  readonly lengths: readonly number[]
}

/** Keys and values of the tokens so far, per layer, on the GPU. A language model makes its own kind. */
export interface KvCache extends KvContext, Disposable {
  /** Forgets the tokens from `length` on in every row. */
  truncate(length: number): void
}

/** The size of a cache, which does not grow. */
export interface KvCacheOptions {
  batch: number
  /** Tokens that must fit in each row: prompt, images and answer. */
  capacity: number
}
