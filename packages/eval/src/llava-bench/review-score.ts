import { isRecord } from "../files/is-record.ts"

/** A judge's two scores: of the reference's answer and of the candidate's. */
export type ScorePair = readonly [reference: number, candidate: number]

/**
 * The two scores of a review's text: its first line, where commas count as spaces, must be two numbers with one space
 * between them. Undefined where it is not, as in LLaVA's `parse_score`.
 */
export function parseReviewScores(content: string): ScorePair | undefined {
  const parts = (content.split("\n", 1)[0] ?? "").replace(/,/g, " ").replace(/\r$/, "").split(" ")
  const numbers = parts.map(toNumber)
  return numbers.length === 2 && isPair(numbers) ? numbers : undefined
}

/**
 * The scores that a review record holds: its `tuple`, or `score` as older files call it, or else what its text says.
 * Undefined for a failed review: one without numbers, with -1 in place of them, or with numbers off the scale of 0 to 10.
 */
export function scoresOf(review: unknown): ScorePair | undefined {
  if (!isRecord(review)) return undefined
  const held = review["tuple"] ?? review["score"]
  if (Array.isArray(held)) return held.length === 2 && isPair(held) ? held : undefined
  const content = review["content"] ?? review["text"]
  return typeof content === "string" ? parseReviewScores(content) : undefined
}

function toNumber(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
}

function isPair(values: readonly unknown[]): values is [number, number] {
  return values.every((value) => typeof value === "number" && value >= 0 && value <= 10)
}
