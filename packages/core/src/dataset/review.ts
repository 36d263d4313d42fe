import { z } from "zod"

/** A line of a review file: a judge's text about two answers, and the two scores (-1 where it gave none). */
export const reviewSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  question_id: z.union([z.string(), z.number()]),
  answer1_id: z.string().optional(),
  answer2_id: z.string().optional(),
  category: z.string().optional(),
  content: z.string(),
  tuple: z.tuple([z.number(), z.number()]),
})

export type Review = z.infer<typeof reviewSchema>
