import { z } from "zod"

export const modelSchema = z
  .object({
    id: z.string(),
    object: z.literal("model"),
    created: z.int(),
    owned_by: z.string(),
    max_model_len: z.int().optional().describe("Tokens of prompt and answer together."),
    capabilities: z.array(z.enum(["chat", "vision", "embeddings"])),
  })
  .meta({ id: "Model" })

export type ModelReply = z.output<typeof modelSchema>

export const modelListSchema = z
  .object({ object: z.literal("list"), data: z.array(modelSchema) })
  .meta({ id: "ModelList" })
