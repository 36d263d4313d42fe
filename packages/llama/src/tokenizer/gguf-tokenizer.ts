import { type AssembledTokenizer, addedToken, describeIssue, TokenizerError } from "@llava/core"
import { z } from "zod"
import { byteLevelEncoder } from "./byte-level-encoder.ts"
import { fromByteLevel } from "./byte-level-text.ts"
import { finishTokenizer, type TokenizerBody } from "./finish-tokenizer.ts"
import { ggufPreTokenizers } from "./gguf-pre-tokenizers.ts"
import { sentencePieceBody } from "./sentencepiece-body.ts"
import { pieceType } from "./sentencepiece-model.ts"
import { splitMerge } from "./split-merge.ts"

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
type Metadata = z.output<typeof schema>

/**
 * The tokenizer inside a GGUF file, from its metadata (arrays may be plain or typed). Behaves as llama.cpp's:
 * `llama` is SentencePiece BPE, `gpt2` byte-level BPE cut by the pattern that `tokenizer.ggml.pre` names.
 *
 * @param file The file's name, for messages.
 * @throws TokenizerError when a key is missing or wrong, and for tokenizer models and patterns not known here.
 */
export function ggufTokenizer(metadata: Record<string, unknown>, file = "GGUF file"): AssembledTokenizer {
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
  const model = data["tokenizer.ggml.model"]
  if (model === "llama") return finish(sentencePiece(data, file), data, true, file)
  if (model === "gpt2") return byteLevel(data, file)
  throw new TokenizerError(`Its tokenizer model is "${model}".`, {
    code: "unsupported-tokenizer",
    file,
    fix: 'Supported are "llama" (SentencePiece) and "gpt2" (byte-level BPE); or give a tokenizer file of its own.',
  })
}

function sentencePiece(data: Metadata, file: string): TokenizerBody {
  const tokens = data["tokenizer.ggml.tokens"]
  const scores = data["tokenizer.ggml.scores"]
  const types = data["tokenizer.ggml.token_type"]
  const pieces = tokens.map((text, id) => ({
    text,
    score: Number(scores?.[id] ?? 0),
    type: Number(types?.[id] ?? pieceType.normal),
  }))
  const body = sentencePieceBody(
    {
      // llama.cpp merges user-defined pieces like any other; what it looks for by name are added tokens here.
      pieces: pieces.map((piece) =>
        piece.type === pieceType.userDefined ? { ...piece, type: pieceType.normal } : piece,
      ),
      algorithm: "bpe",
      byteFallback: pieces.some((piece) => piece.type === pieceType.byte),
      addDummyPrefix: data["tokenizer.ggml.add_space_prefix"],
      removeExtraWhitespaces: data["tokenizer.ggml.remove_extra_whitespaces"],
      escapeWhitespaces: true,
      charactersMap: new Uint8Array(0),
      bosTokenId: data["tokenizer.ggml.bos_token_id"] ?? 1,
      eosTokenId: data["tokenizer.ggml.eos_token_id"] ?? 2,
      padTokenId: data["tokenizer.ggml.padding_token_id"] ?? -1,
      unkTokenId: data["tokenizer.ggml.unknown_token_id"] ?? 0,
    },
    file,
    true,
  )
  return { ...body, addedTokens: addedTokens(data).filter((token) => !token.content.includes("\u2581")) }
}

function byteLevel(data: Metadata, file: string): AssembledTokenizer {
  const tokens = data["tokenizer.ggml.tokens"]
  const name = data["tokenizer.ggml.pre"]
  const preTokenizer = ggufPreTokenizers.get(name)
  if (!preTokenizer) {
    throw new TokenizerError(`Its pre-tokenizer (tokenizer.ggml.pre) is "${name}".`, {
      code: "unsupported-tokenizer",
      file,
      fix: `Known are ${[...ggufPreTokenizers.keys()].join(", ")}; or give the model's tokenizer.json.`,
    })
  }
  const merges = data["tokenizer.ggml.merges"]
  if (!merges) {
    throw new TokenizerError("It has no tokenizer.ggml.merges, which byte-level BPE needs.", {
      code: "malformed-tokenizer-file",
      file,
      fix: "Convert the model again with its tokenizer, or name a tokenizer file (on the command line: --tokenizer FILE).",
    })
  }
  const model = {
    ids: new Map(tokens.map((token, id) => [token, id])),
    merges: merges.map((line, i) => splitMerge(line, i + 1, file)),
    ignoreMerges: preTokenizer.ignoresMerges,
  }
  const body: TokenizerBody = {
    tokens,
    encodeText: byteLevelEncoder(model, preTokenizer.patterns, file),
    tokenBytes: (id) => fromByteLevel(tokens[id]!),
    addedTokens: addedTokens(data),
    prefix: [],
    suffix: [],
    bosTokenId: data["tokenizer.ggml.bos_token_id"],
    eosTokenId: data["tokenizer.ggml.eos_token_id"],
    padTokenId: data["tokenizer.ggml.padding_token_id"],
    unkTokenId: data["tokenizer.ggml.unknown_token_id"],
    stripsLeadingSpace: false,
  }
  return finish(body, data, preTokenizer.addsBos, file)
}

function addedTokens(data: Metadata) {
  const types = data["tokenizer.ggml.token_type"]
  return data["tokenizer.ggml.tokens"].flatMap((content, id) => {
    const type = Number(types?.[id] ?? pieceType.normal)
    if (type === pieceType.userDefined) return [addedToken({ id, content, special: false })]
    return type === pieceType.control || type === pieceType.unknown ? [addedToken({ id, content })] : []
  })
}

function finish(body: TokenizerBody, data: Metadata, addsBos: boolean, file: string): AssembledTokenizer {
  const settings = {
    addBosToken: data["tokenizer.ggml.add_bos_token"] ?? (addsBos && body.bosTokenId !== undefined),
    addEosToken: data["tokenizer.ggml.add_eos_token"] ?? false,
    chatTemplate: data["tokenizer.chat_template"],
  }
  return finishTokenizer(body, settings, file)
}
