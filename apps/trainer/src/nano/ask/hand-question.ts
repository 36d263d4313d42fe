import { z } from "zod"

/** A question that somebody typed about a scene, a line of `questions.jsonl`; with its answer, and what was thought of it. */
export const handQuestionSchema = z.strictObject({
  /** A file of the folder `scenes`. */
  scene: z.string(),
  question: z.string(),
  /** Asked in the conversation of the line before it. */
  follows: z.literal(true).optional(),
  answer: z.string().optional(),
  /** A person's judgement: true, and to the point. */
  sensible: z.boolean().optional(),
  why: z.string().optional(),
})

export type HandQuestion = z.output<typeof handQuestionSchema>
