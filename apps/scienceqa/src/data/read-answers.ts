import { type AnswerFile, parseAnswers } from "@llava/eval"
import { readText } from "@llava/eval-app"

/** A file of answers in any published layout. Errors: those of `parseAnswers`, by file and line. */
export async function readAnswers(file: string): Promise<AnswerFile> {
  return parseAnswers(await readText(file), file)
}
