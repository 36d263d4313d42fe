import type { ColourName } from "../kinds/kind.ts"
import { wordsOf } from "./words-of.ts"

const names: readonly ColourName[] = [
  ...(["red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "gray", "black", "white"] as const),
]

/** The colours that a text names. */
export function readColours(text: string): ColourName[] {
  const words = new Set(wordsOf(text))
  return names.filter((name) => words.has(name))
}
