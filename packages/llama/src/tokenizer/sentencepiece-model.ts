import { TokenizerError } from "@llava/core"
import { type ProtobufField, protobufFields } from "./protobuf-fields.ts"

/** SentencePiece's piece types, by their numbers in `sentencepiece_model.proto`; GGUF uses the same. */
export const pieceType = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const

export interface SentencePiece {
  text: string
  score: number
  /** One of {@link pieceType}. */
  type: number
}

/** What a SentencePiece tokenizer consists of, whatever file it came from. */
export interface SentencePieceModel {
  pieces: SentencePiece[]
  algorithm: "bpe" | "unigram"
  byteFallback: boolean
  addDummyPrefix: boolean
  removeExtraWhitespaces: boolean
  escapeWhitespaces: boolean
  /** Character map of the normaliser (`precompiled_charsmap`); empty for the identity. */
  charactersMap: Uint8Array
  /** -1 where the model has none. */
  bosTokenId: number
  eosTokenId: number
  padTokenId: number
  unkTokenId: number
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/**
 * Reads a SentencePiece `.model` file (protobuf `ModelProto` of google/sentencepiece).
 * @throws TokenizerError when the file is damaged, or its algorithm is `word` or `char`.
 */
export function readSentencePieceModel(bytes: Uint8Array, file = "tokenizer.model"): SentencePieceModel {
  const model: SentencePieceModel = {
    pieces: [],
    algorithm: "unigram",
    byteFallback: false,
    addDummyPrefix: true,
    removeExtraWhitespaces: true,
    escapeWhitespaces: true,
    charactersMap: new Uint8Array(0),
    bosTokenId: 1,
    eosTokenId: 2,
    padTokenId: -1,
    unkTokenId: 0,
  }
  const number = (entry: ProtobufField) => Number(BigInt.asIntN(32, asVarint(entry, file)))

  for (const entry of protobufFields(bytes, file)) {
    if (entry.field === 1) model.pieces.push(readPiece(asBytes(entry, file), file))
    if (entry.field === 2) {
      for (const option of protobufFields(asBytes(entry, file), file)) {
        if (option.field === 3) model.algorithm = algorithmOf(number(option), file)
        else if (option.field === 35) model.byteFallback = number(option) !== 0
        else if (option.field === 40) model.unkTokenId = number(option)
        else if (option.field === 41) model.bosTokenId = number(option)
        else if (option.field === 42) model.eosTokenId = number(option)
        else if (option.field === 43) model.padTokenId = number(option)
      }
    }
    if (entry.field === 3) {
      for (const option of protobufFields(asBytes(entry, file), file)) {
        if (option.field === 2) model.charactersMap = asBytes(option, file)
        else if (option.field === 3) model.addDummyPrefix = number(option) !== 0
        else if (option.field === 4) model.removeExtraWhitespaces = number(option) !== 0
        else if (option.field === 5) model.escapeWhitespaces = number(option) !== 0
      }
    }
  }
  if (model.pieces.length === 0) throw malformed("It has no pieces.", file)
  return model
}

function readPiece(bytes: Uint8Array, file: string): SentencePiece {
  const piece: SentencePiece = { text: "", score: 0, type: pieceType.normal }
  for (const entry of protobufFields(bytes, file)) {
    if (entry.field === 1) piece.text = decodeText(asBytes(entry, file), file)
    else if (entry.field === 2) piece.score = readFloat(asBytes(entry, file), file)
    else if (entry.field === 3) piece.type = Number(asVarint(entry, file))
  }
  return piece
}

function algorithmOf(modelType: number, file: string): "bpe" | "unigram" {
  if (modelType === 1) return "unigram"
  if (modelType === 2) return "bpe"
  throw new TokenizerError(`SentencePiece model type ${modelType} is not supported.`, {
    code: "unsupported-tokenizer",
    file,
    fix: "Supported are 1 (unigram) and 2 (bpe).",
  })
}

function decodeText(bytes: Uint8Array, file: string): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw malformed("A piece is no valid UTF-8.", file, cause)
  }
}

function readFloat(bytes: Uint8Array, file: string): number {
  if (bytes.length !== 4) throw malformed("A score does not have four bytes.", file)
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true)
}

function asBytes(entry: ProtobufField, file: string): Uint8Array {
  if (entry.wire === 0) throw malformed(`Field ${entry.field} should hold bytes.`, file)
  return entry.value
}

function asVarint(entry: ProtobufField, file: string): bigint {
  if (entry.wire !== 0) throw malformed(`Field ${entry.field} should hold a number.`, file)
  return entry.value
}

function malformed(message: string, file: string, cause?: unknown): TokenizerError {
  return new TokenizerError(message, {
    code: "malformed-tokenizer-file",
    file,
    fix: "The file is damaged or no SentencePiece model; download it again.",
    cause,
  })
}
