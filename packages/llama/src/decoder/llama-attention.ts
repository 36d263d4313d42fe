import { forwardTogether, Linear, Module, rotary, rotaryIntoCache, type Tensor } from "@llava/tensor"
import type { LlamaConfig } from "../config/llama-config.ts"
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

  /** `[batch, tokens, hiddenSize]` -> the same, `residual` added; keys and values go into the cache where there is one. */
  forward(hidden: Tensor, residual: Tensor, step: LlamaStep, layer: number): Tensor {
    const { head_dim, num_attention_heads, num_key_value_heads } = this.#config
    const [batch, tokens] = hidden.shape as [number, number, number]
    const [q, k, v] = forwardTogether(hidden, [this.q_proj, this.k_proj, this.v_proj])
    const query = q.reshape([batch, tokens, num_attention_heads, head_dim])
    const key = k.reshape([batch, tokens, num_key_value_heads, head_dim])
    const value = v.reshape([batch, tokens, num_key_value_heads, head_dim])
    const mixed = attend(query, key, value, step, layer) // [batch, tokens, heads, headSize]
    return this.o_proj.forward(mixed.reshape([batch, tokens, num_attention_heads * head_dim]), { residual })
  }
}

/** Rotates and attends; with a cache, rotation writes into it. */
function attend(query: Tensor, key: Tensor, value: Tensor, step: LlamaStep, layer: number): Tensor {
  const { table, positions } = step
  const cached = step.layers?.[layer]
  if (!cached) return step.attend(layer, rotary(query, table, positions), rotary(key, table, positions), value)
  const rotated = rotaryIntoCache({
    query,
    key,
    value,
    table,
    positions,
    cacheKey: cached.key,
    cacheValue: cached.value,
    places: step.places,
  })
  return step.attendCached(layer, rotated)
}
