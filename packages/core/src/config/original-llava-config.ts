import { z } from "zod"

/**
 * What the original LLaVA adds to the language model's `config.json`. Keys that are absent have the defaults of
 * llava/model; `mm_use_im_patch_token` is true then, which is why old checkpoints have rows more than their tokenizer.
 */
export const originalLlavaConfigSchema = z.looseObject({
  /** Path or hub id of the vision encoder; a relative path is relative to the model's folder. */
  mm_vision_tower: z.string().optional(),
  mm_hidden_size: z.number().int().positive().optional(),
  mm_projector_type: z.string().default("linear"),
  mm_vision_select_layer: z.number().int().default(-2),
  mm_vision_select_feature: z.enum(["patch", "cls_patch"]).default("patch"),
  mm_patch_merge_type: z.string().default("flat"),
  mm_use_im_start_end: z.boolean().default(false),
  mm_use_im_patch_token: z.boolean().default(true),
  image_aspect_ratio: z.enum(["square", "pad"]).default("square"),
  tokenizer_padding_side: z.enum(["right", "left"]).default("right"),
  /** Longest sequence, in tokens and image features together. */
  tokenizer_model_max_length: z.number().int().positive().optional(),
})

export type OriginalLlavaConfig = z.infer<typeof originalLlavaConfigSchema>
