import { z } from "zod"
import { EvaluationError } from "../evaluation-error.ts"
import { checkEntry } from "../files/check-entry.ts"
import { idSchema } from "../files/id-schema.ts"
import { parseJsonFile } from "../files/json-file.ts"
import { jsonRecords } from "../files/json-records.ts"

const annotationSchema = z.looseObject({
  question_id: idSchema.optional(),
  image: z.string().optional(),
  text: z.string().optional(),
  label: z
    .string()
    .transform((label) => label.trim().toLowerCase())
    .pipe(z.enum(["yes", "no"])),
})

const questionSchema = z.looseObject({
  question_id: idSchema,
  image: z.string().optional(),
  text: z.string(),
  category: z.string(),
})

export type PopeAnnotation = z.infer<typeof annotationSchema> & { line: number | undefined }
export type PopeQuestion = z.infer<typeof questionSchema> & { line: number | undefined }

/**
 * POPE's annotations of a split, `{ question_id, image, text, label }` per line.
 * @throws EvaluationError `record-invalid` also for a label that is neither yes nor no.
 */
export function parsePopeAnnotations(text: string, file: string): PopeAnnotation[] {
  return jsonRecords(parseJsonFile(text, file)).map((entry) => ({
    ...checkEntry(entry, annotationSchema, { what: "The annotation", file }),
    line: entry.line(),
  }))
}

/**
 * LLaVA's question file for POPE, with the split of each question as its category.
 * @throws EvaluationError `record-invalid`, `id-repeated`
 */
export function parsePopeQuestions(text: string, file: string): PopeQuestion[] {
  const seen = new Set<string>()
  return jsonRecords(parseJsonFile(text, file)).map((entry) => {
    const question = checkEntry(entry, questionSchema, { what: "The question", file })
    const line = entry.line()
    if (seen.has(question.question_id)) {
      throw new EvaluationError(`The question ${question.question_id} is there twice.`, {
        code: "id-repeated",
        file,
        line,
        fix: "Keep one of them.",
      })
    }
    seen.add(question.question_id)
    return { ...question, line }
  })
}
