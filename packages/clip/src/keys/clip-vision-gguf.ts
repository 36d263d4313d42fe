import type { GgufKeys } from "@llava/model"
import type { ClipVisionConfig } from "../config/clip-config.ts"

const names: readonly (readonly [RegExp, string])[] = [
  [/^v\.class_embd$/, "embeddings.class_embedding"],
  [/^v\.patch_embd\.weight$/, "embeddings.patch_embedding.weight"],
  [/^v\.position_embd\.weight$/, "embeddings.position_embedding.weight"],
  [/^v\.pre_ln\.(weight|bias)$/, "pre_layrnorm.$1"],
  [/^v\.post_ln\.(weight|bias)$/, "post_layernorm.$1"],
  [/^v\.blk\.(\d+)\.attn_([qkv])\.(weight|bias)$/, "encoder.layers.$1.self_attn.$2_proj.$3"],
  [/^v\.blk\.(\d+)\.attn_out\.(weight|bias)$/, "encoder.layers.$1.self_attn.out_proj.$2"],
  [/^v\.blk\.(\d+)\.ln([12])\.(weight|bias)$/, "encoder.layers.$1.layer_norm$2.$3"],
]

/** The vision tower inside an `mmproj` file of llama.cpp. */
export const clipVisionGguf: GgufKeys<ClipVisionConfig> = {
  architecture: "clip",
  config: (metadata) => ({
    hidden_size: metadata["clip.vision.embedding_length"],
    intermediate_size: metadata["clip.vision.feed_forward_length"],
    num_hidden_layers: metadata["clip.vision.block_count"],
    num_attention_heads: metadata["clip.vision.attention.head_count"],
    image_size: metadata["clip.vision.image_size"],
    patch_size: metadata["clip.vision.patch_size"],
    projection_dim: metadata["clip.vision.projection_dim"],
    layer_norm_eps: metadata["clip.vision.attention.layer_norm_epsilon"],
    hidden_act: metadata["clip.use_gelu"] === true ? "gelu" : "quick_gelu",
  }),
  target(name, config, shapeOf) {
    for (const [pattern, path] of names) if (pattern.test(name)) return { path: name.replace(pattern, path) }
    const mlp = /^v\.blk\.(\d+)\.ffn_(up|down)\.(weight|bias)$/.exec(name)
    if (!mlp) return undefined
    // Older converters exchanged the names: the layer that widens is fc1, whatever it is called.
    const [, layer, , kind] = mlp
    const downWidens = shapeOf(`v.blk.${layer}.ffn_down.weight`)?.[0] === config.intermediate_size
    const widens = (mlp[2] === "down") === downWidens
    return { path: `encoder.layers.${layer}.mlp.${widens ? "fc1" : "fc2"}.${kind}` }
  },
}
