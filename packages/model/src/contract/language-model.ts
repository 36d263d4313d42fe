import type { Module, Tensor } from "@llava/tensor"
import type { KvCache, KvCacheOptions, KvContext } from "./kv-cache.ts"
import type { PagedKvCache, PagedKvCacheOptions } from "./paged-kv-cache.ts"

/** Where the tokens of a forward pass stand. Without options they are whole rows that begin at position 0. */
export interface ForwardOptions {
  /** Keys and values of these tokens are appended; attention sees what was there before. */
  cache?: KvContext
  /** i32 `[batch, tokens]`. Default: counted on from the cache, or from 0. */
  positions?: Tensor
  /** Valid tokens per row of a right-padded batch. Default: all of them. */
  lengths?: readonly number[]
  /**
   * i32 `[batch, tokens]`: a token sees those of its own segment alone, so that one row holds several samples; with
   * `positions` that begin anew in each. Not together with a cache.
   */
  segments?: Tensor
  /** While gradients are recorded: keep only the inputs of blocks, and compute the rest again on the way back. */
  recompute?: boolean
}

/** The third part of a LLaVA: embeddings to hidden states to words. */
export interface LanguageModel extends Module {
  /** As in config.json: `llama`. */
  readonly modelType: string
  readonly hiddenSize: number
  readonly vocabSize: number
  /** Longest context, image tokens included. */
  readonly maxPositions: number
  /** i32 `[...]` -> `[..., hiddenSize]` */
  embed(ids: Tensor): Tensor
  /** `[batch, tokens, hiddenSize]` -> final, normalised hidden states of the same shape. */
  forward(embeddings: Tensor, options?: ForwardOptions): Tensor
  /** `[batch, tokens, hiddenSize]` -> `[rows, vocabSize]`; `rows` index the flattened tokens, all by default. */
  logits(hidden: Tensor, rows?: readonly number[]): Tensor
  /**
   * Cross-entropy of each token's successor: labels i32 `[batch, tokens]` as Hugging Face has them (unshifted, -100
   * not learned) -> f32 `[2]`: the sum over learned tokens, and their number. The logits never exist whole. Whoever knows
   * them passes as `rows` which flattened tokens have a successor that is learned; then no others need be looked at.
   */
  loss(hidden: Tensor, labels: Tensor, rows?: readonly number[]): Tensor
  createCache(options: KvCacheOptions): KvCache
  /**
   * Optional capability: sequences of different lengths in one pass, their keys and values in pages. `BatchEngine` answers
   * many at once with it, and one at a time without.
   */
  createPagedCache?(options: PagedKvCacheOptions): PagedKvCache
  /**
   * Optional capability, for pictures of attention: how the tokens at `rows` attend to those up to them, averaged over
   * layers and heads. One sequence `[1, tokens, hiddenSize]` -> `[rows.length, tokens]`; each row sums to 1.
   */
  attentionRows?(embeddings: Tensor, rows: readonly number[]): Tensor
}
