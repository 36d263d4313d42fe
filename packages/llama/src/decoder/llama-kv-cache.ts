import type { KvCache, KvCacheOptions } from "@llava/model"
import { ModelError } from "@llava/model"
import { type Device, Tensor } from "@llava/tensor"
import type { LlamaConfig } from "../config/llama-config.ts"

export interface LayerCache {
  /** `[batch, capacity, kvHeads, headSize]` */
  readonly key: Tensor
  readonly value: Tensor
}

/** Keys and values of every layer, each row as long as its tokens so far. */
export class LlamaKvCache implements KvCache {
  readonly batch: number
  readonly capacity: number
  readonly layers: readonly LayerCache[]
  #lengths: number[]

  constructor(device: Device, config: LlamaConfig, { batch, capacity }: KvCacheOptions) {
    this.batch = batch
    this.capacity = capacity
    this.#lengths = new Array<number>(batch).fill(0)
    const shape = [batch, capacity, config.num_key_value_heads, config.head_dim]
    this.layers = Array.from({ length: config.num_hidden_layers }, () => ({
      key: Tensor.zeros(device, shape).retain(),
      value: Tensor.zeros(device, shape).retain(),
    }))
  }

  get lengths(): readonly number[] {
    return this.#lengths
  }

  /** Counts tokens in that a forward pass has written. Errors: "context-full". */
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
