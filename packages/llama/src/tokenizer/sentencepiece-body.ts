import { AddedTokenSplitter, addedToken, type MergeTable, mergePairs, TokenizerError } from "@llava/core"
import { charactersMap } from "./characters-map.ts"
import type { TokenizerBody } from "./finish-tokenizer.ts"
import { PieceReach } from "./piece-reach.ts"
import { segmentUnigram } from "./segment-unigram.ts"
import { pieceType, type SentencePiece, type SentencePieceModel } from "./sentencepiece-model.ts"

const space = "\u2581"
const byteName = /^<0x([0-9A-F]{2})>$/

/** A piece of the text with its id, or text that no piece covers. */
type Segment = { id: number } | { unknown: string }

/**
 * The algorithm of SentencePiece (Kudo and Richardson 2018): white space becomes U+2581, a space goes in front, pieces
 * merge by score (bpe) or the most probable segmentation is searched (unigram), and what no piece covers becomes bytes.
 * `legacy`: the space goes in front of every stretch of text between special tokens, not of the first alone.
 */
export function sentencePieceBody(model: SentencePieceModel, file: string, legacy: boolean): TokenizerBody {
  const { pieces } = model
  const normalize = normalizer(model, file)
  const segment = model.algorithm === "bpe" ? bpeSegmenter(model) : unigramSegmenter(model)
  const byteIds = byteFallbackIds(model, file)
  const existing = (id: number) => (id >= 0 && id < pieces.length ? id : undefined)
  const encoder = new TextEncoder()

  return {
    tokens: pieces.map((piece) => piece.text),
    encodeText(text, isStart) {
      const ids: number[] = []
      let afterUnknown = false
      for (const found of segment(normalize(text, model.addDummyPrefix && (legacy || isStart)))) {
        if ("id" in found) ids.push(found.id)
        else if (byteIds) for (const byte of encoder.encode(found.unknown)) ids.push(byteIds[byte]!)
        else if (!afterUnknown) ids.push(model.unkTokenId)
        afterUnknown = "unknown" in found
      }
      return ids
    },
    tokenBytes: (id) => pieceBytes(pieces[id]!),
    ...(byteIds && { byteFallback: { broken: "each-byte", isByte: (id) => pieces[id]?.type === pieceType.byte } }),
    addedTokens: pieces.flatMap((piece, id) =>
      piece.type === pieceType.control || piece.type === pieceType.unknown
        ? [addedToken({ id, content: piece.text })]
        : [],
    ),
    prefix: [],
    suffix: [],
    bosTokenId: existing(model.bosTokenId),
    eosTokenId: existing(model.eosTokenId),
    padTokenId: existing(model.padTokenId),
    unkTokenId: existing(model.unkTokenId),
    stripsLeadingSpace: model.addDummyPrefix,
  }
}

function pieceBytes(piece: SentencePiece): Uint8Array {
  const byte = piece.type === pieceType.byte ? byteName.exec(piece.text) : null
  if (byte) return Uint8Array.of(Number.parseInt(byte[1]!, 16))
  return new TextEncoder().encode(piece.text.replaceAll(space, " "))
}

function normalizer(model: SentencePieceModel, file: string): (text: string, addPrefix: boolean) => string {
  const mapCharacters = model.charactersMap.length > 0 ? charactersMap(model.charactersMap, file) : undefined
  const userDefined = userDefinedSplitter(model.pieces)
  return (text, addPrefix) => {
    let result = text
    if (mapCharacters) {
      const sections = userDefined.split(text)
      result = sections.map((part) => ("token" in part ? part.token.content : mapCharacters(part.text))).join("")
    }
    if (model.removeExtraWhitespaces) result = result.replace(/ +/g, " ").replace(/^ | $/g, "")
    if (result === "") return ""
    if (addPrefix) result = ` ${result}`
    return model.escapeWhitespaces ? result.replaceAll(" ", space) : result
  }
}

function userDefinedSplitter(pieces: readonly SentencePiece[]): AddedTokenSplitter {
  return new AddedTokenSplitter(
    pieces.flatMap((piece, id) =>
      piece.type === pieceType.userDefined
        ? [{ token: addedToken({ id, content: piece.text, special: false }), pattern: piece.text }]
        : [],
    ),
  )
}

/** Ids that text may be cut into, by name: never control, unknown or byte pieces. */
function textPieces(pieces: readonly SentencePiece[]): Map<string, number> {
  const ids = new Map<string, number>()
  for (const [id, { text, type }] of pieces.entries()) {
    const isText = type === pieceType.normal || type === pieceType.userDefined || type === pieceType.unused
    if (isText && text !== "" && !ids.has(text)) ids.set(text, id)
  }
  return ids
}

function bpeSegmenter({ pieces }: SentencePieceModel): (text: string) => Segment[] {
  const ids = textPieces(pieces)
  const userDefined = userDefinedSplitter(pieces)
  const texts = pieces.map((piece) => piece.text)
  // Characters that occur inside pieces without being one can still merge: they get symbols behind the vocabulary.
  const symbols = new Map(ids)
  for (const text of ids.keys()) {
    for (const character of text) if (!symbols.has(character)) symbols.set(character, texts.push(character) - 1)
  }
  const table = (forbidden: number | undefined): MergeTable => ({
    find(left, right) {
      if (left < 0 || right < 0) return -1
      const merged = ids.get(texts[left]! + texts[right]!)
      return merged === undefined || merged === forbidden ? -1 : merged
    },
    priority: (merged) => -pieces[merged]!.score,
    result: (merged) => merged,
  })
  const all = table(undefined)
  // A character outside every piece is the negative of its code point, less one to keep clear of -1.
  const symbolsOf = (text: string) =>
    Array.from(text, (character) => symbols.get(character) ?? -character.codePointAt(0)! - 2)
  const segmentsOf = (symbol: number): Segment[] => {
    if (symbol < 0) return [{ unknown: String.fromCodePoint(-symbol - 2) }]
    if (symbol >= pieces.length) return [{ unknown: texts[symbol]! }]
    const isUnused = pieces[symbol]!.type === pieceType.unused && [...texts[symbol]!].length > 1
    return isUnused ? mergePairs(symbolsOf(texts[symbol]!), table(symbol)).flatMap(segmentsOf) : [{ id: symbol }]
  }
  return (text) =>
    userDefined.split(text).flatMap<Segment>((part) => {
      if ("token" in part) return [{ id: part.token.id }]
      return mergePairs(symbolsOf(part.text), all).flatMap(segmentsOf)
    })
}

function unigramSegmenter({ pieces, unkTokenId }: SentencePieceModel): (text: string) => Segment[] {
  const normal = pieces.filter((piece) => piece.type === pieceType.normal)
  const lowest = normal.reduce((score, piece) => Math.min(score, piece.score), Number.POSITIVE_INFINITY)
  const highest = normal.reduce((score, piece) => Math.max(score, piece.score), Number.NEGATIVE_INFINITY)
  const encoder = new TextEncoder()
  const byText = new Map<string, { id: number; score: number }>()
  for (const [text, id] of textPieces(pieces)) {
    const { type, score } = pieces[id]!
    if (type === pieceType.unused) continue
    const isUserDefined = type === pieceType.userDefined
    byText.set(text, { id, score: isUserDefined ? Math.fround(encoder.encode(text).length * highest) - 0.1 : score })
  }
  const search = {
    byText,
    reach: new PieceReach(byText.keys()),
    unkTokenId,
    unkScore: lowest - 10,
    sums: "float32" as const,
  }
  return (text) =>
    segmentUnigram(text, search).map((found) => (found.id === unkTokenId ? { unknown: found.text } : { id: found.id }))
}

function byteFallbackIds({ pieces, byteFallback }: SentencePieceModel, file: string): Int32Array | undefined {
  if (!byteFallback) return undefined
  const ids = new Int32Array(256).fill(-1)
  for (const [id, piece] of pieces.entries()) {
    const byte = piece.type === pieceType.byte ? byteName.exec(piece.text) : null
    if (byte) ids[Number.parseInt(byte[1]!, 16)] = id
  }
  const missing = ids.indexOf(-1)
  if (missing === -1) return ids
  throw new TokenizerError(`It falls back to bytes, but has no piece <0x${hex(missing)}>.`, {
    code: "malformed-tokenizer-file",
    file,
    fix: "Download the file again, or turn byte_fallback off.",
  })
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0")
}
