import { type StoredDType, writeGguf } from "@llava/checkpoint"
import { bigModel, bigModelTensors, zeros } from "./big-model.ts"

/** Bytes per 32 weights. */
const blockBytes: Partial<Record<StoredDType, number>> = { F32: 128, F16: 64, Q8_0: 34 }

/**
 * The big model as llama.cpp's converter writes it: norms f32, the embedding f16, attention (whose rows are in another
 * order) Q8_0, the rest f16.
 */
export async function writeBigGguf(path: string): Promise<void> {
  const tensors = bigModelTensors().map(({ name, shape }) => {
    const dtype: StoredDType = shape.length === 1 ? "F32" : name.includes("self_attn") ? "Q8_0" : "F16"
    const bytes = (shape.reduce((product, size) => product * size, 1) / 32) * blockBytes[dtype]!
    return { name: ggufName(name), dtype, shape, bytes: () => zeros(bytes) }
  })
  await writeGguf(path, {
    metadata: {
      "general.architecture": "llama",
      "llama.vocab_size": bigModel.vocab_size,
      "llama.context_length": bigModel.max_position_embeddings,
      "llama.embedding_length": bigModel.hidden_size,
      "llama.block_count": bigModel.num_hidden_layers,
      "llama.feed_forward_length": bigModel.intermediate_size,
      "llama.attention.head_count": bigModel.num_attention_heads,
      "llama.attention.head_count_kv": bigModel.num_key_value_heads,
      "llama.attention.layer_norm_rms_epsilon": { type: "FLOAT32", value: 1e-6 },
      "llama.rope.dimension_count": bigModel.head_dim,
    },
    tensors,
  })
}

function ggufName(name: string): string {
  return name
    .replace("model.embed_tokens", "token_embd")
    .replace("lm_head", "output")
    .replace("model.norm", "output_norm")
    .replace("model.layers", "blk")
    .replace("input_layernorm", "attn_norm")
    .replace("post_attention_layernorm", "ffn_norm")
    .replace("self_attn.o_proj", "attn_output")
    .replace(/self_attn\.([qkv])_proj/, "attn_$1")
    .replace(/mlp\.(gate|up|down)_proj/, "ffn_$1")
}
