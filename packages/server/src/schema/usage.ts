import { z } from "zod"

const tokens = z.int().min(0)

export const usageSchema = z
  .object({
    prompt_tokens: tokens.describe("Those of images included."),
    completion_tokens: tokens,
    total_tokens: tokens,
    prompt_tokens_details: z.object({
      cached_tokens: tokens.describe("Taken from an earlier answer instead of computed."),
      image_tokens: tokens,
    }),
  })
  .meta({ id: "Usage" })

export type Usage = z.output<typeof usageSchema>
