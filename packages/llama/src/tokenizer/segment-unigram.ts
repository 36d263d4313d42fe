import type { PieceReach } from "./piece-reach.ts"

/** Pieces of a unigram model by text, with what the search needs to know. */
export interface UnigramPieces {
  /** Id and score (log-probability) by piece text. */
  byText: ReadonlyMap<string, { id: number; score: number }>
  reach: PieceReach
  unkTokenId: number
  unkScore: number
  /** How sums of scores are kept: SentencePiece in float32 (it decides ties), Hugging Face in float64. */
  sums: "float32" | "float64"
}

/**
 * The most probable segmentation (Kudo 2018, Viterbi). A character that no piece covers is `unkTokenId`.
 * Returns the id and text of every piece. Of equal sums the one whose last piece is longest wins.
 */
export function segmentUnigram(text: string, pieces: UnigramPieces): { id: number; text: string }[] {
  const length = text.length
  const round = pieces.sums === "float32" ? Math.fround : (sum: number) => sum
  const best = new Float64Array(length + 1).fill(Number.NEGATIVE_INFINITY)
  const from = new Int32Array(length + 1).fill(-1)
  const ids = new Int32Array(length + 1)
  best[0] = 0
  for (let start = 0; start < length; ) {
    const width = text.codePointAt(start)! > 0xffff ? 2 : 1
    let hasSingle = false
    const offer = (end: number, id: number, score: number) => {
      const total = round(best[start]! + score)
      if (from[end] !== -1 && total <= best[end]!) return
      best[end] = total
      from[end] = start
      ids[end] = id
    }
    const last = Math.min(length, start + pieces.reach.at(text, start))
    for (let end = start + width; end <= last; end++) {
      const piece = pieces.byText.get(text.slice(start, end))
      if (!piece) continue
      if (end === start + width) hasSingle = true
      offer(end, piece.id, piece.score)
    }
    if (!hasSingle) offer(start + width, pieces.unkTokenId, pieces.unkScore)
    start += width
  }
  const segments: { id: number; text: string }[] = []
  for (let end = length; end > 0; end = from[end]!) segments.push({ id: ids[end]!, text: text.slice(from[end]!, end) })
  return segments.reverse()
}
