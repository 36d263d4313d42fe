import { numberWord } from "../language/number-word.ts"

const numbers = new Map(Array.from({ length: 13 }, (_, value) => [numberWord(value), value]))

/** 2 for "two" and "2"; undefined for what is no number. */
export function numberOfWord(word: string | undefined): number | undefined {
  if (word === undefined) return undefined
  return /^\d+$/.test(word) ? Number(word) : numbers.get(word)
}
