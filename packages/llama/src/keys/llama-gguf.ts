import type { GgufKeys } from "@llava/model"
import type { LlamaConfig } from "../config/llama-config.ts"

const names: readonly (readonly [RegExp, string])[] = [
  [/^token_embd\.weight$/, "model.embed_tokens.weight"],
  [/^output_norm\.weight$/, "model.norm.weight"],
  [/^output\.weight$/, "lm_head.weight"],
  [/^blk\.(\d+)\.attn_norm\.weight$/, "model.layers.$1.input_layernorm.weight"],
  [/^blk\.(\d+)\.ffn_norm\.weight$/, "model.layers.$1.post_attention_layernorm.weight"],
  [/^blk\.(\d+)\.attn_([qkv])\.(weight|bias)$/, "model.layers.$1.self_attn.$2_proj.$3"],
  [/^blk\.(\d+)\.attn_output\.(weight|bias)$/, "model.layers.$1.self_attn.o_proj.$2"],
  [/^blk\.(\d+)\.ffn_(gate|up|down)\.(weight|bias)$/, "model.layers.$1.mlp.$2_proj.$3"],
]

/** LLaMA in GGUF (llama.cpp, gguf-py): block names, and query and key rows in Meta's interleaved rotary order. */
export const llamaGguf: GgufKeys<LlamaConfig> = {
  architecture: "llama",
  config(metadata, shapeOf) {
    const get = (key: string) => metadata[`llama.${key}`]
    const tokens = metadata["tokenizer.ggml.tokens"]
    return {
      vocab_size: get("vocab_size") ?? (Array.isArray(tokens) ? tokens.length : undefined),
      hidden_size: get("embedding_length"),
      intermediate_size: get("feed_forward_length"),
      num_hidden_layers: get("block_count"),
      num_attention_heads: get("attention.head_count"),
      num_key_value_heads: get("attention.head_count_kv"),
      head_dim: get("attention.key_length") ?? get("rope.dimension_count"),
      max_position_embeddings: get("context_length"),
      rms_norm_eps: get("attention.layer_norm_rms_epsilon"),
      rope_theta: get("rope.freq_base"),
      rope_scaling: ropeScaling(get),
      tie_word_embeddings: shapeOf("output.weight") === undefined,
      attention_bias: shapeOf("blk.0.attn_q.bias") !== undefined,
      mlp_bias: shapeOf("blk.0.ffn_up.bias") !== undefined,
    }
  },
  target(name, config) {
    const found = names.find(([pattern]) => pattern.test(name))
    if (!found) return undefined
    const path = name.replace(found[0], found[1])
    const interleaved = /\.self_attn\.([qk])_proj\./.exec(path)
    if (!interleaved) return { path }
    const heads = interleaved[1] === "q" ? config.num_attention_heads : config.num_key_value_heads
    return { path, rowOrder: halfSplitRows(heads, config.head_dim) }
  },
}

function ropeScaling(get: (key: string) => unknown): unknown {
  const type = get("rope.scaling.type")
  const factor = get("rope.scaling.factor") ?? get("rope.scale_linear")
  if (type === undefined && factor === undefined) return undefined
  if (type === "none") return undefined
  return {
    rope_type: type ?? "linear",
    factor,
    original_max_position_embeddings: get("rope.scaling.original_context_length"),
  }
}

/** Row r of Hugging Face's half-split layout is row 2i or 2i + 1 of Meta's interleaved one. */
function halfSplitRows(heads: number, headSize: number): Int32Array {
  const half = headSize / 2
  return Int32Array.from({ length: heads * headSize }, (_, row) => {
    const within = row % headSize
    const source = within < half ? 2 * within : 2 * (within - half) + 1
    return row - within + source
  })
}
