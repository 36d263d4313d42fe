import { visibleText } from "@llava/app-common"

/** One line for people, on standard error: standard output is for results. */
export function say(sentence: string): void {
  process.stderr.write(`scienceqa: ${visibleText(sentence)}\n`)
}
