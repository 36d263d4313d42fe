import { z } from "zod"

const id = z.number().int().nonnegative()

/** The part of `generation_config.json` that says where an answer ends; one end token or several become a list. */
export const generationConfigSchema = z.looseObject({
  bos_token_id: id.optional(),
  eos_token_id: z.union([id.transform((one) => [one]), z.array(id)]).default([]),
  pad_token_id: id.optional(),
})

export type GenerationConfig = z.infer<typeof generationConfigSchema>
