import { activationSchema } from "@llava/model"
import { z } from "zod"

/** `vision_config` of CLIP, with the defaults that Hugging Face leaves out of its files. */
export const clipVisionConfigSchema = z.looseObject({
  model_type: z.literal("clip_vision_model").default("clip_vision_model"),
  hidden_size: z.int().positive().default(768),
  intermediate_size: z.int().positive().default(3072),
  projection_dim: z.int().positive().default(512),
  num_hidden_layers: z.int().positive().max(10_000).default(12),
  num_attention_heads: z.int().positive().default(12),
  num_channels: z.literal(3).default(3),
  image_size: z.int().positive().default(224),
  patch_size: z.int().positive().default(32),
  hidden_act: activationSchema.default("quick_gelu"),
  layer_norm_eps: z.number().positive().default(1e-5),
})

/** `text_config` of CLIP, with the defaults that Hugging Face leaves out of its files. */
export const clipTextConfigSchema = z.looseObject({
  model_type: z.literal("clip_text_model").default("clip_text_model"),
  vocab_size: z.int().positive().default(49408),
  hidden_size: z.int().positive().default(512),
  intermediate_size: z.int().positive().default(2048),
  projection_dim: z.int().positive().default(512),
  num_hidden_layers: z.int().positive().max(10_000).default(12),
  num_attention_heads: z.int().positive().default(8),
  max_position_embeddings: z.int().positive().default(77),
  hidden_act: activationSchema.default("quick_gelu"),
  layer_norm_eps: z.number().positive().default(1e-5),
  /** 2 in published checkpoints, which never meant token 2: pooling is then at the highest id. */
  eos_token_id: z.int().default(49407),
})

/** config.json of a CLIP with both towers. */
export const clipConfigSchema = z.looseObject({
  model_type: z.literal("clip").default("clip"),
  projection_dim: z.int().positive().default(512),
  text_config: clipTextConfigSchema.prefault({}),
  vision_config: clipVisionConfigSchema.prefault({}),
})

/** The sizes of an image tower. */
export type ClipVisionConfig = z.output<typeof clipVisionConfigSchema>
/** The sizes of a text tower. */
export type ClipTextConfig = z.output<typeof clipTextConfigSchema>
/** config.json of a CLIP with both towers. */
export type ClipConfig = z.output<typeof clipConfigSchema>
