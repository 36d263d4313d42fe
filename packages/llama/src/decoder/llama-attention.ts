import { attention, Linear, Module, rotary, rotaryIntoCache, type Tensor } from "@llava/tensor"
import type { LlamaConfig } from "../config/llama-config.ts"
import type { LayerCache } from "./llama-kv-cache.ts"
import type { LlamaStep } from "./llama-step.ts"

/** Causal self-attention with rotary positions and grouped key/value heads. */
export class LlamaAttention extends Module {
  readonly q_proj: Linear
  readonly k_proj: Linear
  readonly v_proj: Linear
  readonly o_proj: Linear
  readonly #config: LlamaConfig

  constructor(config: LlamaConfig) {
    super()
    const { hidden_size, head_dim, num_attention_heads, num_key_value_heads, attention_bias: bias } = config
    this.#config = config
    this.q_proj = new Linear(hidden_size, num_attention_heads * head_dim, { bias })
    this.k_proj = new Linear(hidden_size, num_key_value_heads * head_dim, { bias })
    this.v_proj = new Linear(hidden_size, num_key_value_heads * head_dim, { bias })
    this.o_proj = new Linear(num_attention_heads * head_dim, hidden_size, { bias })
  }

  /** `[batch, tokens, hiddenSize]` -> the same, `residual` added; keys and values go into `cache` where there is one. */
  forward(hidden: Tensor, residual: Tensor, step: LlamaStep, cache: LayerCache | undefined): Tensor {
    const { head_dim, num_attention_heads, num_key_value_heads } = this.#config
    const [batch, tokens] = hidden.shape as [number, number, number]
    const query = this.q_proj.forward(hidden).reshape([batch, tokens, num_attention_heads, head_dim])
    const key = this.k_proj.forward(hidden).reshape([batch, tokens, num_key_value_heads, head_dim])
    const value = this.v_proj.forward(hidden).reshape([batch, tokens, num_key_value_heads, head_dim])
    const mixed = cache ? this.#attendCached(query, key, value, step, cache) : this.#attend(query, key, value, step) // [batch, tokens, heads, headSize]
    return this.o_proj.forward(mixed.reshape([batch, tokens, num_attention_heads * head_dim]), { residual })
  }

  #attend(query: Tensor, key: Tensor, value: Tensor, { table, positions, keyLengths }: LlamaStep): Tensor {
    return attention(rotary(query, table, positions), rotary(key, table, positions), value, {
      causal: true,
      keyLengths,
    })
  }

  #attendCached(query: Tensor, key: Tensor, value: Tensor, step: LlamaStep, cache: LayerCache): Tensor {
    const rotated = rotaryIntoCache({
      query,
      key,
      value,
      table: step.table,
      positions: step.positions,
      cacheKey: cache.key,
      cacheValue: cache.value,
      cacheOffsets: step.offsets,
      lengths: step.added,
    })
    return attention(rotated, cache.key, cache.value, {
      causal: true,
      queryOffsets: step.offsets,
      keyLengths: step.keyLengths,
      keyTokens: step.keyTokens,
    })
  }
}
