import { z } from "zod"

const shared = { rope_theta: z.number().positive().optional() }
const factor = z.number().min(1)
const original = z.number().positive().optional()

/** `rope_parameters`, or the older `rope_scaling` whose type stands under `type`. */
export const ropeParametersSchema = z.preprocess(
  (value) => {
    if (typeof value !== "object" || value === null) return value
    const record = value as Record<string, unknown>
    return { ...record, rope_type: record["rope_type"] ?? record["type"] ?? "default" }
  },
  z.discriminatedUnion("rope_type", [
    z.looseObject({ ...shared, rope_type: z.literal("default") }),
    z.looseObject({ ...shared, rope_type: z.literal("linear"), factor }),
    z.looseObject({ ...shared, rope_type: z.literal("dynamic"), factor, original_max_position_embeddings: original }),
    z.looseObject({
      ...shared,
      rope_type: z.literal("llama3"),
      factor,
      low_freq_factor: z.number().positive(),
      high_freq_factor: z.number().positive(),
      original_max_position_embeddings: z.number().positive(),
    }),
    z.looseObject({
      ...shared,
      rope_type: z.literal("yarn"),
      factor,
      original_max_position_embeddings: original,
      beta_fast: z.number().nullish(),
      beta_slow: z.number().nullish(),
      mscale: z.number().nullish(),
      mscale_all_dim: z.number().nullish(),
      attention_factor: z.number().nullish(),
      truncate: z.boolean().optional(),
    }),
  ]),
)

export type RopeParameters = z.output<typeof ropeParametersSchema>
