import { z } from "zod"

/** How the next token is chosen. Defaults are greedy. */
export const samplingOptionsSchema = z.object({
  /** 0 takes the likeliest token; above, logits are divided by it. */
  temperature: z.number().min(0).default(0),
  /** Only the k likeliest tokens; 0 for all. */
  topK: z.int().min(0).default(0),
  /** Only the likeliest tokens that together reach this probability. */
  topP: z.number().min(0).max(1).default(1),
  /** Only tokens at least this fraction as likely as the likeliest. */
  minP: z.number().min(0).max(1).default(0),
  /** Divides positive and multiplies negative logits of tokens that occurred (Keskar et al. 2019); 1 for none. */
  repetitionPenalty: z.number().positive().default(1),
  /** Makes sampling repeatable. */
  seed: z.int().optional(),
})

/** How the next token is chosen; see the schema for each. Without any: the likeliest. */
export type SamplingOptions = z.input<typeof samplingOptionsSchema>
export type ResolvedSampling = z.output<typeof samplingOptionsSchema>
