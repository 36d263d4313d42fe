import { z } from "zod"

/** What the default projectors are built from. */
export const projectorConfigSchema = z.object({
  type: z.string().regex(/^(linear|identity|mlp[1-9]\d*x_gelu)$/),
  featureSize: z.int().positive(),
  hiddenSize: z.int().positive(),
  bias: z.boolean().default(true),
  activation: z.enum(["gelu", "gelu_tanh", "quick_gelu", "silu", "relu"]).default("gelu"),
})

export type DefaultProjectorConfig = z.output<typeof projectorConfigSchema>
