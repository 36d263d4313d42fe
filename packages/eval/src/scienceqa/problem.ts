import { z } from "zod"

/** `null`, `""` and an absent key all mean that there is none. */
const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? "")

/** A problem of ScienceQA's `problems.json`. `answer` is an index into `choices`. */
export const problemSchema = z
  .looseObject({
    question: z.string(),
    choices: z.array(z.string()).min(1),
    answer: z.number().int().min(0),
    hint: optionalText,
    image: optionalText,
    grade: optionalText,
    subject: optionalText,
    topic: optionalText,
    lecture: optionalText,
    solution: optionalText,
    caption: optionalText,
    split: optionalText,
  })
  .refine(({ answer, choices }) => answer < choices.length, {
    error: "the answer is outside the choices",
    path: ["answer"],
  })

export type Problem = z.infer<typeof problemSchema>
