import { z } from "zod"

/** A line of a LLaVA answer file. */
export const answerSchema = z.looseObject({
  question_id: z.union([z.string(), z.number()]),
  prompt: z.string().optional(),
  text: z.string(),
  answer_id: z.string().optional(),
  model_id: z.string().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
})

export type Answer = z.infer<typeof answerSchema>
