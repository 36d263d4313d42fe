import { z } from "zod"

const entry = z.object({
  token: z.string(),
  logprob: z.number(),
  bytes: z.array(z.int().min(0).max(255)).nullable().describe("Of UTF-8: a token may be part of a character."),
})

/** Natural logarithms of the model's own probabilities, before temperature and filters. */
export const logprobsSchema = z
  .object({ content: z.array(entry.extend({ top_logprobs: z.array(entry) })), refusal: z.null() })
  .meta({ id: "Logprobs" })

export type Logprobs = z.output<typeof logprobsSchema>
