import { type AnswerFile, parseAnswers } from "@llava/eval"
import { readText } from "@llava/eval-app"
import type { Selection } from "./read-selection.ts"

/**
 * A file of answers in any published layout, without those to problems of the split that the options leave out. Errors:
 * those of `parseAnswers`, by file and line.
 */
export async function readAnswers(file: string, { leftOut }: Pick<Selection, "leftOut">): Promise<AnswerFile> {
  const found = parseAnswers(await readText(file), file)
  return { ...found, answers: new Map([...found.answers].filter(([id]) => !leftOut.has(id))) }
}
