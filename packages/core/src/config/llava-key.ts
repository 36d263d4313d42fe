import { z } from "zod"

/**
 * The `llava` key that this project adds to a model folder's `config.json`: what the original LLaVA leaves to flags
 * and folder names. Others ignore it.
 */
export const llavaKeySchema = z.looseObject({
  /** Of this key's format. */
  version: z.literal(1).default(1),
  /** The name of a conversation template; absent where the folder's chat template is meant. */
  template: z.string().optional(),
  imageAspectRatio: z.enum(["square", "pad"]).default("square"),
  /** Which hidden states of the encoder become features: -2 is the output of the last layer but one; several are joined. */
  selectLayer: z.union([z.number().int(), z.array(z.number().int()).min(1)]).default(-2),
  /** Whether the class token is dropped (`patch`) or kept. */
  selectFeature: z.enum(["patch", "cls_patch"]).default("patch"),
  /** What parts need to know beyond the keys they share with others, by the kind of part. */
  parts: z.record(z.string(), z.unknown()).default({}),
})

export type LlavaKey = z.infer<typeof llavaKeySchema>
