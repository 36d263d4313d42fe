import { type AddedToken, addedToken, describeIssue, TokenizerError } from "@llava/core"
import { z } from "zod"
import { pieceType, type SentencePiece } from "./sentencepiece-model.ts"

const numbers = z.custom<ArrayLike<number>>(
  (value) => (Array.isArray(value) || ArrayBuffer.isView(value)) && !(value instanceof DataView),
  "expected an array of numbers",
)
const tokenId = z.union([z.number(), z.bigint().transform(Number)]).pipe(z.number().int().nonnegative())
const schema = z.object({
  "tokenizer.ggml.model": z.string(),
  "tokenizer.ggml.pre": z.string().default("default"),
  "tokenizer.ggml.tokens": z.array(z.string()).min(1),
  "tokenizer.ggml.scores": numbers.optional(),
  "tokenizer.ggml.token_type": numbers.optional(),
  "tokenizer.ggml.merges": z.array(z.string()).optional(),
  "tokenizer.ggml.bos_token_id": tokenId.optional(),
  "tokenizer.ggml.eos_token_id": tokenId.optional(),
  "tokenizer.ggml.unknown_token_id": tokenId.optional(),
  "tokenizer.ggml.padding_token_id": tokenId.optional(),
  "tokenizer.ggml.add_bos_token": z.boolean().optional(),
  "tokenizer.ggml.add_eos_token": z.boolean().optional(),
  "tokenizer.ggml.add_space_prefix": z.boolean().default(true),
  "tokenizer.ggml.remove_extra_whitespaces": z.boolean().default(false),
  "tokenizer.chat_template": z.string().optional(),
})
/** What a GGUF file says of its tokenizer, by llama.cpp's keys. */
export type GgufTokenizerData = z.output<typeof schema>

/**
 * The tokenizer's part of a GGUF file's metadata (arrays may be plain or typed). Errors: TokenizerError
 * "malformed-tokenizer-file".
 */
export function readGgufTokenizerData(metadata: Readonly<Record<string, unknown>>, file: string): GgufTokenizerData {
  const parsed = schema.safeParse(metadata)
  if (!parsed.success) {
    throw new TokenizerError(`Its tokenizer metadata is incomplete or wrong: ${describeIssue(parsed.error).what}.`, {
      code: "malformed-tokenizer-file",
      file,
      fix: "Convert the model again with its tokenizer, or name a tokenizer file (on the command line: --tokenizer FILE).",
    })
  }
  const data = parsed.data
  const tokens = data["tokenizer.ggml.tokens"]
  for (const key of ["tokenizer.ggml.scores", "tokenizer.ggml.token_type"] as const) {
    const length = data[key]?.length
    if (length !== undefined && length !== tokens.length) {
      throw new TokenizerError(`${key} has ${length} entries for ${tokens.length} tokens.`, {
        code: "malformed-tokenizer-file",
        file,
        fix: "The file is damaged; download it again.",
      })
    }
  }
  return data
}

/**
 * Tokens that are recognised by name. In SentencePiece, user-defined pieces with U+2581 are not: they take part in
 * merging like any other.
 */
export function ggufAddedTokens(data: GgufTokenizerData): AddedToken[] {
  const types = data["tokenizer.ggml.token_type"]
  const merges = data["tokenizer.ggml.model"] === "llama"
  return data["tokenizer.ggml.tokens"].flatMap((content, id) => {
    if (merges && content.includes("\u2581")) return []
    const type = Number(types?.[id] ?? pieceType.normal)
    if (type === pieceType.userDefined) return [addedToken({ id, content, special: false })]
    return type === pieceType.control || type === pieceType.unknown ? [addedToken({ id, content })] : []
  })
}

/** The pieces of a `llama` tokenizer. */
export function ggufPieces(data: GgufTokenizerData): SentencePiece[] {
  const scores = data["tokenizer.ggml.scores"]
  const types = data["tokenizer.ggml.token_type"]
  return data["tokenizer.ggml.tokens"].map((text, id) => ({
    text,
    score: Number(scores?.[id] ?? 0),
    type: Number(types?.[id] ?? pieceType.normal),
  }))
}
