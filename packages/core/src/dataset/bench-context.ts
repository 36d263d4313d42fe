import { z } from "zod"

/** A line of LLaVA-Bench's context file. */
export const benchContextSchema = z.looseObject({
  image: z.string(),
  caption: z.union([z.string(), z.array(z.string())]),
})

export type BenchContext = z.infer<typeof benchContextSchema>
