import { z } from "zod"

/** A normaliser, pre-tokenizer, post-processor or decoder: its type, and settings that depend on it. */
export const component = z.looseObject({ type: z.string() })
export type Component = z.output<typeof component>

const bpeModel = z.object({
  type: z.literal("BPE"),
  vocab: z.record(z.string(), z.number().int().nonnegative()),
  merges: z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])),
  unk_token: z.string().nullish(),
  continuing_subword_prefix: z.string().nullish(),
  end_of_word_suffix: z.string().nullish(),
  fuse_unk: z.boolean().nullish(),
  byte_fallback: z.boolean().nullish(),
  ignore_merges: z.boolean().nullish(),
})
const unigramModel = z.object({
  type: z.literal("Unigram"),
  vocab: z.array(z.tuple([z.string(), z.number()])),
  unk_id: z.number().int().nonnegative().nullish(),
  byte_fallback: z.boolean().nullish(),
})
const wordPieceModel = z.looseObject({
  type: z.literal("WordPiece"),
  vocab: z.record(z.string(), z.number().int().nonnegative()),
  unk_token: z.string(),
})

/** `tokenizer.json`, the file of Hugging Face's fast tokenizers. Old files leave out the type of the model. */
export const hfTokenizerJson = z.object({
  added_tokens: z
    .array(
      z.object({
        id: z.number().int().nonnegative(),
        content: z.string(),
        single_word: z.boolean().default(false),
        lstrip: z.boolean().default(false),
        rstrip: z.boolean().default(false),
        normalized: z.boolean().optional(),
        special: z.boolean().default(false),
      }),
    )
    .nullish(),
  normalizer: component.nullish(),
  pre_tokenizer: component.nullish(),
  post_processor: component.nullish(),
  decoder: component.nullish(),
  model: z.preprocess(withType, z.discriminatedUnion("type", [bpeModel, unigramModel, wordPieceModel])),
})
export type HfModel = z.output<typeof hfTokenizerJson>["model"]

function withType(model: unknown): unknown {
  if (typeof model !== "object" || model === null) return model
  if ("type" in model && model.type !== null && model.type !== undefined) return model
  if ("merges" in model) return { ...model, type: "BPE" }
  if ("unk_id" in model) return { ...model, type: "Unigram" }
  return { ...model, type: "WordPiece" }
}
