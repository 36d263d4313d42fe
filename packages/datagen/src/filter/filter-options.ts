import { z } from "zod"

/**
 * What the paper's rule leaves open, with the choice taken where nothing is said. The thresholds (3 and 100) are the
 * paper's; the others are not stated there. `docs/datagen-filter.md` says what each is worth.
 */
export const filterOptionsSchema = z.strictObject({
  /** Phrases that fewer captions have are left out. */
  minimumFrequency: z.int().min(1).default(3),
  /** The most captions that one phrase brings in. */
  maximumPerPhrase: z.int().min(1).default(100),
  /** `The Dog` and `the dog` are one phrase. */
  lowerCase: z.boolean().default(true),
  /** `none`, the last word only (`brown dogs` is `brown dog`), or every word. */
  lemmas: z.enum(["none", "head", "all"]).default("none"),
  /** Whether `a dog`, `the dog` and `his dog` stay three phrases. */
  determiners: z.enum(["drop", "keep"]).default("drop"),
  /** Whether captions that rarer phrases brought in count towards a phrase's most. Counting them gives a smaller pool. */
  chosenCaptions: z.enum(["count", "ignore"]).default("count"),
  /** Which of two phrases of the same frequency goes first: the one met first, or as the seed has it. */
  ties: z.enum(["first-met", "random"]).default("first-met"),
  seed: z.int().default(0),
})

export type FilterOptions = z.input<typeof filterOptionsSchema>
export type FilterSettings = z.output<typeof filterOptionsSchema>
