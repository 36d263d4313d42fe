import { settings } from "../settings/settings.ts"
import { wordsOf } from "./words-of.ts"

/** The settings that a text names. */
export function readSettings(text: string): string[] {
  const words = ` ${wordsOf(text).join(" ")} `
  return [...settings.values()]
    .filter(({ name, words: own }) => [name, ...own].some((phrase) => words.includes(` ${phrase} `)))
    .map(({ name }) => name)
}
