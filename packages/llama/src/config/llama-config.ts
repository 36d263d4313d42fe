import { z } from "zod"
import { ropeParametersSchema } from "./rope-parameters.ts"

/** config.json of a LLaMA-family model (or `text_config` of a LLaVA), with the defaults that Hugging Face leaves out. */
export const llamaConfigSchema = z
  .looseObject({
    model_type: z.enum(["llama", "llava", "llava_llama"]).default("llama"),
    vocab_size: z.int().positive().default(32000),
    hidden_size: z.int().positive().default(4096),
    intermediate_size: z.int().positive().default(11008),
    num_hidden_layers: z.int().positive().max(10_000).default(32),
    num_attention_heads: z.int().positive().default(32),
    num_key_value_heads: z.int().positive().nullish(),
    head_dim: z.int().positive().nullish(),
    hidden_act: z.enum(["silu", "swish"]).default("silu"),
    max_position_embeddings: z.int().positive().default(2048),
    rms_norm_eps: z.number().positive().default(1e-6),
    tie_word_embeddings: z.boolean().default(false),
    attention_bias: z.boolean().default(false),
    mlp_bias: z.boolean().default(false),
    rope_theta: z.number().positive().default(10000),
    rope_scaling: ropeParametersSchema.nullish(),
    /** transformers 5 keeps theta and scaling together here. */
    rope_parameters: ropeParametersSchema.nullish(),
  })
  .transform((config) => ({
    ...config,
    num_key_value_heads: config.num_key_value_heads ?? config.num_attention_heads,
    head_dim: config.head_dim ?? Math.floor(config.hidden_size / config.num_attention_heads),
    rope: {
      rope_theta: config.rope_theta,
      ...(config.rope_parameters ?? config.rope_scaling ?? { rope_type: "default" as const }),
    },
  }))
  .refine((config) => config.num_attention_heads % config.num_key_value_heads === 0, {
    message: "num_attention_heads must be a multiple of num_key_value_heads",
    path: ["num_key_value_heads"],
  })

/** A config with every default filled in, and `rope` with theta and scaling together. */
export type LlamaConfig = z.output<typeof llamaConfigSchema>
