import { activationSchema } from "@llava/model"
import { z } from "zod"

/** What the default projectors are built from. */
export const projectorConfigSchema = z.object({
  type: z.string().regex(/^(linear|identity|mlp[1-9]\d*x_gelu)$/),
  featureSize: z.int().positive(),
  hiddenSize: z.int().positive(),
  bias: z.boolean().default(true),
  /** `linear` is transformers' word for none. */
  activation: z
    .literal("linear")
    .transform(() => undefined)
    .or(activationSchema)
    .prefault("gelu"),
})

/** A config with every default filled in. */
export type DefaultProjectorConfig = z.output<typeof projectorConfigSchema>
