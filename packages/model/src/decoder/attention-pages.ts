import { type Device, Tensor } from "@llava/tensor"
import type { PagedKvCache, PagedKvCacheOptions, PagedSequence } from "../contract/paged-kv-cache.ts"
import { ModelError } from "../model-error.ts"
import type { LayerCache } from "./attention-cache.ts"
import { PagedContext } from "./paged-context.ts"

/** The size of a paged cache and of the attention it serves. */
export interface AttentionPagesOptions extends PagedKvCacheOptions {
  layers: number
  /** Heads of keys and values. */
  heads: number
  headSize: number
}

/** Keys and values of every layer of a transformer, in pages that many sequences take and share. */
export class AttentionPages implements PagedKvCache {
  readonly pages: number
  readonly pageSize: number
  /** Each `[pages, pageSize, heads, headSize]`. */
  readonly layers: readonly LayerCache[]

  /** Errors: "pages" where not even one page is allowed. */
  constructor(device: Device, { layers, heads, headSize, ...size }: AttentionPagesOptions) {
    const { pages, pageSize, maxBytes = Number.POSITIVE_INFINITY } = size
    const pageBytes = pageSize * heads * headSize * 4 // of the keys, or the values, of one layer
    // Buffers come in powers of two and steps between them, the next of which may be more than can be bound.
    const bindable = Math.floor(2 ** Math.floor(Math.log2(device.limits.maxStorageBufferBindingSize)) / pageBytes)
    this.pages = Math.min(pages, bindable, Math.floor(maxBytes / (2 * layers * pageBytes)))
    if (this.pages < 1) {
      throw new ModelError(`A cache has no room for a page of ${pageSize} tokens.`, {
        code: "pages",
        fix: "Allow more bytes, or smaller pages.",
      })
    }
    this.pageSize = pageSize
    const shape = [this.pages, pageSize, heads, headSize]
    this.layers = Array.from({ length: layers }, () => ({
      key: Tensor.zeros(device, shape).retain(),
      value: Tensor.zeros(device, shape).retain(),
    }))
  }

  context(sequences: readonly PagedSequence[]): PagedContext {
    return new PagedContext(this, sequences)
  }

  [Symbol.dispose](): void {
    for (const { key, value } of this.layers) {
      key.dispose()
      value.dispose()
    }
  }
}
