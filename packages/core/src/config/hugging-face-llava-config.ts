import { z } from "zod"

const part = z.record(z.string(), z.unknown())

/**
 * The `config.json` of `LlavaForConditionalGeneration`, with the defaults of transformers' `LlavaConfig`, which its
 * files leave out. The parts' own configurations stay as they are, for the parts to parse.
 */
export const huggingFaceLlavaConfigSchema = z.looseObject({
  text_config: part.default({ model_type: "llama" }),
  vision_config: part.default({
    model_type: "clip_vision_model",
    hidden_size: 1024,
    intermediate_size: 4096,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    image_size: 336,
    patch_size: 14,
    projection_dim: 768,
    vocab_size: 32000,
  }),
  image_token_index: z.number().int().default(32000),
  /** Another name of it, which goes first where both are given. */
  image_token_id: z.number().int().optional(),
  ignore_index: z.number().int().default(-100),
  pad_token_id: z.number().int().optional(),
  projector_hidden_act: z.string().default("gelu"),
  vision_feature_layer: z.union([z.number().int(), z.array(z.number().int()).min(1)]).default(-2),
  /** `default` drops the class token, `full` keeps it. */
  vision_feature_select_strategy: z.enum(["default", "full"]).default("default"),
  /** Image features per image. */
  image_seq_length: z.number().int().positive().default(576),
  multimodal_projector_bias: z.boolean().default(true),
  tie_word_embeddings: z.boolean().default(false),
})

export type HuggingFaceLlavaConfig = z.infer<typeof huggingFaceLlavaConfigSchema>
