import { z } from "zod"

/** What AI SDK's own settings have no name for, as `providerOptions: { llava: { ... } }`. */
export const llavaLanguageModelOptionsSchema = z.strictObject({
  /** Only tokens at least this fraction as likely as the likeliest. */
  minP: z.number().min(0).max(1).optional(),
  /** Divides positive and multiplies negative logits of tokens that occurred; 1 for none. */
  repetitionPenalty: z.number().positive().optional(),
  /** Go on past the model's end token, to `maxOutputTokens`. */
  ignoreEndOfSequence: z.boolean().optional(),
})

export type LlavaLanguageModelOptions = z.input<typeof llavaLanguageModelOptionsSchema>
