import { contractions } from "./contractions.ts"

const marks = [...';/[]"{}()=+\\_-><@`,?!']
const numbers: Readonly<Record<string, string>> = {
  none: "0",
  zero: "0",
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  ten: "10",
}
const articles = new Set(["a", "an", "the"])

/**
 * An answer as the VQA challenge compares it: lower case, number words as digits, without articles, without marks (a
 * space in place of one inside of a word), contractions with their apostrophes.
 */
export function normalizeVqaAnswer(answer: string): string {
  const text = answer.replace(/[\n\t]/g, " ").trim()
  const hasGroupedDigits = /\d,\d/.test(text)
  let plain = text
  for (const mark of marks) {
    const isApart = text.includes(`${mark} `) || text.includes(` ${mark}`)
    plain = plain.replaceAll(mark, isApart || hasGroupedDigits ? "" : " ")
  }
  return plain
    .replace(/\.(?!\d)/g, "")
    .toLowerCase()
    .split(/\s+/)
    .map((word) => (Object.hasOwn(numbers, word) ? numbers[word]! : word))
    .filter((word) => word !== "" && !articles.has(word))
    .map((word) => contractions.get(word) ?? word)
    .join(" ")
}

/** The same for TextVQA, whose evaluation first takes out commas and question marks and sets off 's. */
export function normalizeTextVqaAnswer(answer: string): string {
  return normalizeVqaAnswer(answer.toLowerCase().replace(/[,?]/g, "").replaceAll("'s", " 's"))
}
