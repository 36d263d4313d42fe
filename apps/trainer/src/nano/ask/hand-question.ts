import { z } from "zod"

/** A question about a scene as people type it, a line of `questions.jsonl`; with its answer, and what was thought of it. */
export const handQuestionSchema = z.strictObject({
  /** A file of the folder `scenes`. */
  scene: z.string(),
  question: z.string(),
  /** Asked in the conversation of the line before it. */
  follows: z.literal(true).optional(),
  answer: z.string().optional(),
  /** Whether the judge found it true, and to the point. */
  sensible: z.boolean().optional(),
  why: z.string().optional(),
})

export type HandQuestion = z.output<typeof handQuestionSchema>
