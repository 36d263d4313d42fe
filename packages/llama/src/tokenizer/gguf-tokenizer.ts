import { type AssembledTokenizer, TokenizerError } from "@llava/core"
import { byteLevelEncoder } from "./byte-level-encoder.ts"
import { fromByteLevel } from "./byte-level-text.ts"
import { finishTokenizer, type TokenizerBody } from "./finish-tokenizer.ts"
import { ggufPreTokenizers } from "./gguf-pre-tokenizers.ts"
import { type GgufTokenizerData, ggufAddedTokens, ggufPieces, readGgufTokenizerData } from "./gguf-tokenizer-data.ts"
import { sentencePieceBody } from "./sentencepiece-body.ts"
import { pieceType } from "./sentencepiece-model.ts"
import { splitMerge } from "./split-merge.ts"

/**
 * The tokenizer inside a GGUF file, from its metadata (arrays may be plain or typed). Behaves as llama.cpp's:
 * `llama` is SentencePiece BPE, `gpt2` byte-level BPE cut by the pattern that `tokenizer.ggml.pre` names.
 *
 * @param file The file's name, for messages.
 * @throws TokenizerError when a key is missing or wrong, and for tokenizer models and patterns not known here.
 */
export function ggufTokenizer(metadata: Readonly<Record<string, unknown>>, file = "GGUF file"): AssembledTokenizer {
  const data = readGgufTokenizerData(metadata, file)
  const model = data["tokenizer.ggml.model"]
  if (model === "llama") return finish(sentencePiece(data, file), data, true, file)
  if (model === "gpt2") return byteLevel(data, file)
  throw new TokenizerError(`Its tokenizer model is "${model}".`, {
    code: "unsupported-tokenizer",
    file,
    fix: 'Supported are "llama" (SentencePiece) and "gpt2" (byte-level BPE); or give a tokenizer file of its own.',
  })
}

function sentencePiece(data: GgufTokenizerData, file: string): TokenizerBody {
  const pieces = ggufPieces(data)
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
  return { ...body, addedTokens: ggufAddedTokens(data) }
}

function byteLevel(data: GgufTokenizerData, file: string): AssembledTokenizer {
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
    addedTokens: ggufAddedTokens(data),
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

function finish(body: TokenizerBody, data: GgufTokenizerData, addsBos: boolean, file: string): AssembledTokenizer {
  const settings = {
    addBosToken: data["tokenizer.ggml.add_bos_token"] ?? (addsBos && body.bosTokenId !== undefined),
    addEosToken: data["tokenizer.ggml.add_eos_token"] ?? false,
    chatTemplate: data["tokenizer.chat_template"],
  }
  return finishTokenizer(body, settings, file)
}
