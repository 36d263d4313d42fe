import {
  attention,
  type CachePlaces,
  type PagedAttentionOptions,
  pagedAttention,
  Tensor,
  writeRows,
} from "@llava/tensor"
import type { ForwardOptions } from "../contract/language-model.ts"
import { ModelError } from "../model-error.ts"
import { AttentionCache, type LayerCache } from "./attention-cache.ts"
import { PagedContext } from "./paged-context.ts"

/**
 * What every layer of one forward pass over `[batch, tokens, hiddenSize]` shares: where its tokens stand, and which
 * keys they see. Made inside the scope of the pass.
 */
export class DecoderStep {
  /** i32 `[batch, tokens]`; those of padding are clamped to the last one. */
  readonly positions: Tensor
  /** i32 `[batch]`: tokens in the cache before this pass. */
  readonly offsets: Tensor
  /** i32 `[batch]`: new tokens that are no padding. */
  readonly added: Tensor
  /** i32 `[batch]`: keys that may be seen, cached and new. */
  readonly keyLengths: Tensor
  /** The largest of them. */
  readonly keyTokens: number
  /** Keys and values that are kept, by layer. */
  readonly layers: readonly LayerCache[] | undefined
  /** Where those of the new tokens go there. */
  readonly places: CachePlaces
  /** Where `layers` are pages: who reads which. */
  readonly paging: PagedAttentionOptions | undefined
  /** i32 `[batch, tokens]`, where rows hold several samples. */
  readonly segments: Tensor | undefined

  /**
   * Uploads positions and lengths, and counts the new tokens into the cache. Errors: "context-full" past `maxPositions`
   * or the cache's capacity, "foreign-cache" for a cache that comes from neither `AttentionCache` nor `AttentionPages`.
   */
  constructor(embeddings: Tensor, maxPositions: number, options: ForwardOptions = {}) {
    const { device } = embeddings
    const [batch, tokens] = embeddings.shape as [number, number, number]
    const cache = ownCache(options)
    const before = cache?.lengths ?? new Array<number>(batch).fill(0)
    const added = options.lengths ?? new Array<number>(batch).fill(tokens)
    const after = before.map((length, row) => length + added[row]!)
    this.keyTokens = Math.max(...after)
    if (!options.positions) checkContext(this.keyTokens, maxPositions)
    if (cache instanceof AttentionCache) cache.advance(added)
    const perRow = (values: readonly number[]) => Tensor.from(device, Int32Array.from(values), [batch])
    this.positions = options.positions ?? Tensor.from(device, countOn(before, tokens, maxPositions), [batch, tokens])
    this.offsets = perRow(before)
    this.added = perRow(added)
    this.keyLengths = perRow(after)
    this.segments = options.segments
    this.layers = cache?.layers
    const paged = cache instanceof PagedContext ? cache.upload(device) : undefined
    this.paging = paged?.paging
    this.places = paged?.places ?? { offsets: this.offsets, lengths: this.added }
  }

  /** What `on` puts in place of its own. */
  get tensors(): readonly Tensor[] {
    return [this.positions, this.offsets, this.added, this.keyLengths, ...(this.segments ? [this.segments] : [])]
  }

  /** The same step with other handles to its tensors, for a block that is computed again after this pass is over. */
  on(tensors: readonly Tensor[]): this {
    const [positions, offsets, added, keyLengths, segments] = tensors
    const own = { positions, offsets, added, keyLengths, segments }
    return Object.assign(Object.create(Object.getPrototypeOf(this)), this, own)
  }

  /**
   * Causal attention of one layer over these tokens and the cached ones, to which they are added: query
   * `[batch, tokens, heads, headSize]`, key and value `[batch, tokens, kvHeads, headSize]` -> the query's shape.
   */
  attend(layer: number, query: Tensor, key: Tensor, value: Tensor): Tensor {
    const cached = this.layers?.[layer]
    if (!cached) {
      const { keyLengths, segments } = this
      return attention(query, key, value, { causal: true, keyLengths, ...(segments && { segments }) })
    }
    writeRows(cached.key, key, this.places)
    writeRows(cached.value, value, this.places)
    return this.attendCached(layer, query)
  }

  /** The same where keys and values of these tokens have been written to their places already. */
  attendCached(layer: number, query: Tensor): Tensor {
    const { key, value } = this.layers![layer]!
    if (this.paging) return pagedAttention(query, key, value, this.paging)
    return attention(query, key, value, {
      causal: true,
      queryOffsets: this.offsets,
      keyLengths: this.keyLengths,
      keyTokens: this.keyTokens,
    })
  }
}

function checkContext(tokens: number, maxPositions: number): void {
  if (tokens <= maxPositions) return
  throw new ModelError(`${tokens} tokens exceed the model's context of ${maxPositions} (max_position_embeddings).`, {
    code: "context-full",
    fix: "Shorten the prompt or ask for fewer new tokens.",
  })
}

/** Padding past the last position is never read, but tables must have a row for it. */
function countOn(before: readonly number[], tokens: number, maxPositions: number): Int32Array {
  return Int32Array.from(
    before.flatMap((length) => Array.from({ length: tokens }, (_, i) => Math.min(length + i, maxPositions - 1))),
  )
}

function ownCache({ cache }: ForwardOptions): AttentionCache | PagedContext | undefined {
  if (cache === undefined || cache instanceof AttentionCache || cache instanceof PagedContext) return cache
  throw new ModelError("This cache was made by another language model.", {
    code: "foreign-cache",
    fix: "Use the cache that createCache of the same model returns.",
  })
}
