import type { CheckedReply } from "../reply.ts"

const number = "\\d*\\.?\\d+"
const tuple = new RegExp(`[[(]\\s*${number}\\s*(,\\s*${number}\\s*){1,3}[\\])]`)
const threeDecimals = /(?<![\w.$€£])[01]?\.\d{3}(?![\d%])(?!\s*(s|sec|seconds|m|km|miles|mm|cm|kg|g|percent)\b)/
const fraction =
  /(?<![\w.$€£])0?\.\d{1,2}(?![\d%])(?!\s*(s|sec|seconds|m|km|miles?|mm|cm|kg|g|liters?|litres?|percent|inch|inches|meters?|metres?)\b)/g
const range =
  /\b\d+(\.\d+)?\s?(%|percent) (to|and|-) \d+(\.\d+)?\s?(%|percent) of the (\w+'s )?(width|height|image|photo|picture|frame)/i
const pixels = /\b[xy]\s*[=:]\s*\d|\b\d+(st|nd|rd|th)? pixels?\b/i

/** Numbers of places that leaked into questions or answers. Prices, lengths and scores such as (3, 2) in words pass. */
export function findCoordinates({ reply: { text } }: CheckedReply): string | undefined {
  const found = (tuple.exec(text) ?? threeDecimals.exec(text) ?? range.exec(text) ?? pixels.exec(text))?.[0]
  if (found !== undefined) return found
  const fractions = text.match(fraction) ?? []
  return fractions.length >= 2 ? fractions.join(", ") : undefined
}
