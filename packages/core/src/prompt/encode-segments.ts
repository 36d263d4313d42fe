import type { Segment } from "../template/template.ts"
import type { Tokenizer } from "../tokenizer/tokenizer.ts"
import { encodePiece } from "./encode-piece.ts"
import { IMAGE_PLACEHOLDER } from "./image-placeholder.ts"
import { learnedTokens } from "./learned-tokens.ts"
import { IGNORE_INDEX, IMAGE_TOKEN_INDEX } from "./token-constants.ts"

export interface EncodeSegmentsOptions {
  tokenizer: Tokenizer
  addSpecialTokens: boolean
  imageTokenId?: number | undefined
}

/**
 * Ids and labels of rendered text, both from one tokenisation. Without `imageTokenId` the text is split at the images
 * and each piece tokenised as a text of its own, BOS in front of the first only (`tokenizer_image_token` of
 * llava/mm_utils.py).
 */
export function encodeSegments(
  segments: readonly Segment[],
  options: EncodeSegmentsOptions,
): { ids: number[]; labels: number[] } {
  const { tokenizer, addSpecialTokens, imageTokenId } = options
  const ids: number[] = []
  const labels: number[] = []
  for (const [index, piece] of piecesOf(segments, tokenizer, imageTokenId).entries()) {
    if (index > 0) {
      ids.push(IMAGE_TOKEN_INDEX)
      labels.push(IGNORE_INDEX)
    }
    const addsHere = addSpecialTokens && index === 0
    const text = piece.map((segment) => segment.text).join("")
    const pieceIds = text === "" && !addsHere ? [] : encodePiece(text, tokenizer, addsHere)
    const learned = learnedTokens(pieceIds, piece, tokenizer, addsHere)
    for (const [position, id] of pieceIds.entries()) {
      const isImage = id === imageTokenId
      ids.push(isImage ? IMAGE_TOKEN_INDEX : id)
      labels.push(learned[position] && !isImage ? id : IGNORE_INDEX)
    }
  }
  return { ids, labels }
}

function piecesOf(segments: readonly Segment[], tokenizer: Tokenizer, imageTokenId: number | undefined): Segment[][] {
  if (imageTokenId !== undefined) {
    const name = tokenizer.decode([imageTokenId], { skipSpecialTokens: false })
    return [segments.map(({ text, learned }) => ({ text: text.replaceAll(IMAGE_PLACEHOLDER, name), learned }))]
  }
  const pieces: Segment[][] = [[]]
  for (const { text, learned } of segments) {
    for (const [index, words] of text.split(IMAGE_PLACEHOLDER).entries()) {
      if (index > 0) pieces.push([])
      pieces.at(-1)!.push({ text: words, learned })
    }
  }
  return pieces
}
