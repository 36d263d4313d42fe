import { add, attentionRows, forwardTogether, gatherRows, rotary, scale, Tensor } from "@llava/tensor"
import type { LlamaConfig } from "../config/llama-config.ts"
import type { LlamaDecoderLayer } from "./llama-decoder-layer.ts"
import type { LlamaStep } from "./llama-step.ts"

/**
 * How tokens attend to those up to them, averaged over layers and heads: embeddings `[1, tokens, hiddenSize]` ->
 * `[rows.length, tokens]`. Queries and keys are computed beside the layer's own pass, which never holds the scores.
 */
export function llamaAttentionRows(
  embeddings: Tensor,
  rows: readonly number[],
  { layers, config, step }: { layers: readonly LlamaDecoderLayer[]; config: LlamaConfig; step: LlamaStep },
): Tensor {
  const { device } = embeddings
  using scope = device.scope()
  const tokens = embeddings.shape[1]!
  const { num_attention_heads: heads, num_key_value_heads: kvHeads, head_dim: headSize } = config
  const chosen = Tensor.from(device, Int32Array.from(rows), [rows.length])
  let hidden = embeddings // [1, tokens, hiddenSize]
  let total: Tensor | undefined // [rows, tokens]
  for (const [index, layer] of layers.entries()) {
    const { q_proj, k_proj } = layer.self_attn
    const [q, k] = forwardTogether(layer.input_layernorm.forward(hidden), [q_proj, k_proj])
    const query = rotary(q.reshape([1, tokens, heads, headSize]), step.table, step.positions)
    const key = rotary(k.reshape([1, tokens, kvHeads, headSize]), step.table, step.positions)
    const asked = gatherRows(query.reshape([tokens, heads * headSize]), chosen).reshape([rows.length, heads, headSize])
    const weights = attentionRows(asked, key.reshape([tokens, kvHeads, headSize]), rows) // [rows, tokens]
    total = total ? add(total, weights) : weights
    hidden = layer.forward(hidden, step, index)
  }
  return scope.keep(scale(total!, 1 / layers.length))
}
