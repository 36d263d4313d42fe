import { type ClipVisionConfig, clipVisionConfigSchema } from "./clip-config.ts"

function preset(sizes: Partial<ClipVisionConfig>): ClipVisionConfig {
  return clipVisionConfigSchema.parse(sizes)
}

/** The published vision towers (openai/clip-vit-*). */
export const clipVisionPresets = {
  vitBase32: preset({
    hidden_size: 768,
    intermediate_size: 3072,
    num_hidden_layers: 12,
    num_attention_heads: 12,
    image_size: 224,
    patch_size: 32,
    projection_dim: 512,
  }),
  vitBase16: preset({
    hidden_size: 768,
    intermediate_size: 3072,
    num_hidden_layers: 12,
    num_attention_heads: 12,
    image_size: 224,
    patch_size: 16,
    projection_dim: 512,
  }),
  vitLarge14: preset({
    hidden_size: 1024,
    intermediate_size: 4096,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    image_size: 224,
    patch_size: 14,
    projection_dim: 768,
  }),
  vitLarge14At336: preset({
    hidden_size: 1024,
    intermediate_size: 4096,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    image_size: 336,
    patch_size: 14,
    projection_dim: 768,
  }),
} as const
