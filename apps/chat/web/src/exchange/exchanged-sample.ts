import * as z from "zod/mini"

/**
 * A conversation as a sample of LLaVA's data files. `image` names its pictures in the order of their places; `pictures`,
 * data URLs by name, comes besides, so that one file holds everything.
 */
export const exchangedSampleSchema = z.object({
  id: z.union([z.string(), z.number()]),
  title: z.optional(z.string()),
  image: z.optional(z.union([z.string(), z.array(z.string())])),
  conversations: z.array(z.object({ from: z.enum(["human", "gpt"]), value: z.string() })).check(z.minLength(1)),
  pictures: z.optional(z.record(z.string(), z.string())),
})

export type ExchangedSample = z.output<typeof exchangedSampleSchema>
