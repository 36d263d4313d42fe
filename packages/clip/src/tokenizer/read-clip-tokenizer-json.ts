import { TokenizerError } from "@llava/core"
import { z } from "zod"

const merge = z.union([z.string(), z.tuple([z.string(), z.string()]).transform((pair) => pair.join(" "))])
const schema = z.looseObject({
  model: z.looseObject({
    type: z.literal("BPE").default("BPE"),
    vocab: z.record(z.string(), z.int().nonnegative()),
    merges: z.array(merge),
    end_of_word_suffix: z.literal("</w>"),
  }),
  added_tokens: z.array(z.looseObject({ id: z.int().nonnegative(), content: z.string() })).default([]),
})

/**
 * The vocabulary and merges inside a CLIP's `tokenizer.json`, the one file that transformers 5 saves, as the texts of
 * `vocab.json` and `merges.txt`.
 *
 * @throws TokenizerError `malformed-tokenizer-file`, also for the tokenizer of another model.
 */
export function readClipTokenizerJson(text: string): { vocab: string; merges: string } {
  const file = "tokenizer.json"
  const fix = "Use the tokenizer.json that belongs to a CLIP model."
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new TokenizerError("It is no JSON.", { code: "malformed-tokenizer-file", file, fix, cause })
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    const what = `${issue.path.join(".")}: ${issue.message}.`
    throw new TokenizerError(`It is not CLIP's: ${what}`, { code: "malformed-tokenizer-file", file, fix })
  }
  const { model, added_tokens: added } = parsed.data
  const vocab = { ...model.vocab, ...Object.fromEntries(added.map(({ content, id }) => [content, id])) }
  return { vocab: JSON.stringify(vocab), merges: ["#version: 0.2", ...model.merges, ""].join("\n") }
}
