import { z } from "zod"

const byModule = z.record(z.string(), z.number().positive()).default({})

/**
 * adapter_config.json of a low-rank adapter (PEFT's LoraConfig), absent keys as PEFT fills them. What training alone
 * reads is kept as it is.
 */
export const adapterConfigSchema = z.looseObject({
  peft_type: z.literal("LORA"),
  r: z.int().positive().default(8),
  lora_alpha: z.number().default(8),
  lora_dropout: z.number().min(0).lt(1).default(0),
  /** alpha / sqrt(r) instead of alpha / r. */
  use_rslora: z.boolean().default(false),
  /** Ranks and alphas of single modules; keys are regular expressions for the end of a name. */
  rank_pattern: byModule,
  alpha_pattern: byModule,
  target_modules: z.union([z.string(), z.array(z.string())]).optional(),
  modules_to_save: z.array(z.string()).optional(),
  base_model_name_or_path: z.string().optional(),
  /** How A and B began; some ways change the base as well. */
  init_lora_weights: z.union([z.boolean(), z.string()]).default(true),
})

export type AdapterConfig = z.output<typeof adapterConfigSchema>
