import { type AssembledTokenizer, TokenizerError } from "@llava/core"
import { finishTokenizer } from "./finish-tokenizer.ts"
import { sentencePieceBody } from "./sentencepiece-body.ts"
import { pieceType, type SentencePiece } from "./sentencepiece-model.ts"

/**
 * The tokenizer of a llama2.c file (`tokenizer.bin`, `tok512.bin`): SentencePiece BPE, exported by
 * karpathy/llama2.c as the longest length, then score (float32), length (int32) and bytes of every piece.
 * Ids 0, 1 and 2 are `<unk>`, `<s>` and `</s>`; the 256 that follow are bytes.
 *
 * @throws TokenizerError when the file ends within a piece.
 */
export function llama2cTokenizer(bytes: Uint8Array, file = "tokenizer.bin"): AssembledTokenizer {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const damaged = (what: string) =>
    new TokenizerError(what, {
      code: "malformed-tokenizer-file",
      file,
      fix: "The file is damaged or no llama2.c tokenizer; export it again.",
    })
  const utf8 = new TextDecoder("utf-8", { ignoreBOM: true })
  const names = ["<unk>", "<s>", "</s>"]
  const pieces: SentencePiece[] = []
  for (let position = 4; position < bytes.length; ) {
    if (position + 8 > bytes.length) throw damaged(`It ends within piece ${pieces.length}.`)
    const score = view.getFloat32(position, true)
    const length = view.getInt32(position + 4, true)
    position += 8
    if (length < 0 || position + length > bytes.length) throw damaged(`Piece ${pieces.length} has length ${length}.`)
    const text = utf8.decode(bytes.subarray(position, position + length))
    position += length
    const id = pieces.length
    if (id < 3) pieces.push({ text: names[id]!, score, type: id === 0 ? pieceType.unknown : pieceType.control })
    else if (id < 259) pieces.push({ text, score, type: pieceType.byte })
    else pieces.push({ text: text.replaceAll(" ", "\u2581"), score, type: pieceType.normal })
  }
  if (pieces.length < 259)
    throw damaged(`It has ${pieces.length} pieces; the special ones and the bytes alone are 259.`)
  const body = sentencePieceBody(
    {
      pieces,
      algorithm: "bpe",
      byteFallback: true,
      addDummyPrefix: true,
      removeExtraWhitespaces: false,
      escapeWhitespaces: true,
      charactersMap: new Uint8Array(0),
      bosTokenId: 1,
      eosTokenId: 2,
      padTokenId: -1,
      unkTokenId: 0,
    },
    file,
    true,
  )
  return finishTokenizer(body, { addBosToken: true }, file)
}
