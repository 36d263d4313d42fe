import { type Device, Tensor } from "@llava/tensor"
import type { KvCache, KvCacheOptions } from "../contract/kv-cache.ts"
import { ModelError } from "../model-error.ts"

/** The size of a cache and of the attention it serves. */
export interface AttentionCacheOptions extends KvCacheOptions {
  layers: number
  /** Heads of keys and values. */
  heads: number
  headSize: number
}

export interface LayerCache {
  /** `[batch, capacity, heads, headSize]` */
  readonly key: Tensor
  readonly value: Tensor
}

/** Keys and values of every layer of a transformer, each row as long as its tokens so far. */
export class AttentionCache implements KvCache {
  readonly batch: number
  readonly capacity: number
  readonly layers: readonly LayerCache[]
  #lengths: number[]

  constructor(device: Device, { layers, heads, headSize, batch, capacity }: AttentionCacheOptions) {
    this.batch = batch
    this.capacity = capacity
    this.#lengths = new Array<number>(batch).fill(0)
    const shape = [batch, capacity, heads, headSize]
    this.layers = Array.from({ length: layers }, () => ({
      key: Tensor.zeros(device, shape).retain(),
      value: Tensor.zeros(device, shape).retain(),
    }))
  }

  get lengths(): readonly number[] {
    return this.#lengths
  }

  /** Counts in tokens that a forward pass writes. Errors: "context-full". */
  advance(added: readonly number[]): void {
    const lengths = this.#lengths.map((length, row) => length + added[row]!)
    const longest = Math.max(...lengths)
    if (longest > this.capacity) {
      throw new ModelError(`${longest} tokens do not fit a cache of ${this.capacity}.`, {
        code: "context-full",
        fix: "Shorten the conversation or ask for fewer new tokens.",
      })
    }
    this.#lengths = lengths
  }

  truncate(length: number): void {
    this.#lengths = this.#lengths.map((current) => Math.min(current, length))
  }

  [Symbol.dispose](): void {
    for (const { key, value } of this.layers) {
      key.dispose()
      value.dispose()
    }
  }
}
