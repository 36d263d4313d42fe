import { expect, it } from "vitest"
import { randomValues } from "#testing"
import { PieceReach } from "./piece-reach.ts"
import { segmentUnigram } from "./segment-unigram.ts"

/** The best sum of scores over all ways to cut a text. */
function bestSum(text: string, scores: ReadonlyMap<string, number>): number {
  const best = [0]
  for (let end = 1; end <= text.length; end++) {
    best[end] = Number.NEGATIVE_INFINITY
    for (let start = 0; start < end; start++) {
      const score = scores.get(text.slice(start, end))
      if (score !== undefined) best[end] = Math.max(best[end]!, best[start]! + score)
    }
  }
  return best[text.length]!
}

it("finds the most probable of all segmentations, whatever pieces begin alike", () => {
  const numbers = randomValues(4000, 3)
  let drawn = 0
  const draw = (count: number) => Math.floor(((numbers[drawn++ % 4000]! + 100) * 7919) % count)
  const word = (length: number) => Array.from({ length }, () => "abc"[draw(3)]!).join("")
  const scores = new Map(["a", "b", "c"].map((letter) => [letter, -3]))
  for (let i = 0; i < 120; i++) scores.set(word(2 + draw(9)), -1 - draw(50) / 10)
  const byText = new Map([...scores].map(([piece, score], id) => [piece, { id, score }]))
  const search = {
    byText,
    reach: new PieceReach(scores.keys()),
    unkTokenId: -1,
    unkScore: -50,
    sums: "float64" as const,
  }
  for (let i = 0; i < 60; i++) {
    const text = word(1 + draw(40))
    const pieces = segmentUnigram(text, search)
    expect(pieces.map((piece) => piece.text).join("")).toBe(text)
    const sum = pieces.reduce((total, piece) => total + scores.get(piece.text)!, 0)
    expect(sum).toBeCloseTo(bestSum(text, scores), 9)
  }
})

it("reaches as far as the longest piece that begins so, and no further", () => {
  const reach = new PieceReach(["a", "abc", "abcdefgh", "abcdxy", "bbbb"])
  expect(reach.at("zabcdefz", 1)).toBe(8)
  expect(reach.at("bbbbbb", 0)).toBe(4)
  expect(reach.at("cccccc", 0)).toBe(3)
})
