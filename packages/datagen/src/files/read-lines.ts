import { readText } from "./read-text.ts"

export interface TextLine {
  text: string
  /** From 1. */
  line: number
}

/** A text file's lines, read as a stream; a carriage return at the end of a line is left out. Errors: those of `readText`. */
export async function* readLines(file: string, signal?: AbortSignal): AsyncGenerator<TextLine> {
  let rest = ""
  let line = 1
  for await (const piece of readText(file, signal)) {
    const parts = (rest + piece).split("\n")
    rest = parts.pop()!
    for (const text of parts) yield { text: text.endsWith("\r") ? text.slice(0, -1) : text, line: line++ }
  }
  if (rest !== "") yield { text: rest, line }
}
