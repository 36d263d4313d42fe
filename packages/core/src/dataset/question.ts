import { z } from "zod"

/** A line of a LLaVA question file: one question about one image. */
export const questionSchema = z.looseObject({
  question_id: z.union([z.string(), z.number()]),
  image: z.string().optional(),
  text: z.string(),
  category: z.string().optional(),
})

export type Question = z.infer<typeof questionSchema>
