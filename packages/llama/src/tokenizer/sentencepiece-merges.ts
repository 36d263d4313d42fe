import { pieceType, type SentencePiece } from "./sentencepiece-model.ts"

/**
 * SentencePiece's BPE as a list of merges, as Hugging Face's converters make it: every division of a piece into two
 * others, by the score of the whole; of one score the longer left half comes first.
 */
export function sentencePieceMerges(pieces: readonly SentencePiece[]): [left: string, right: string][] {
  const scores = new Map<string, number>()
  for (const { text, score, type } of pieces) {
    const isText = type === pieceType.normal || type === pieceType.userDefined
    if (isText && text !== "" && !scores.has(text)) scores.set(text, score)
  }
  const merges: { left: string; right: string; score: number; length: number }[] = []
  for (const [text, score] of scores) {
    const characters = [...text]
    for (let length = characters.length - 1; length > 0; length--) {
      const left = characters.slice(0, length).join("")
      const right = text.slice(left.length)
      if (scores.has(left) && scores.has(right)) merges.push({ left, right, score, length })
    }
  }
  merges.sort((a, b) => b.score - a.score || b.length - a.length)
  return merges.map(({ left, right }) => [left, right])
}
