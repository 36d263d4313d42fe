import { IMAGE_PLACEHOLDER } from "@llava/core"
import { z } from "zod"
import { EvaluationError } from "../evaluation-error.ts"
import { checkEntry } from "../files/check-entry.ts"
import type { JsonEntry } from "../files/json-entries.ts"
import type { EvaluationQuestion } from "./evaluation-question.ts"

/** How an image's file is called where the question has its number only: `COCO_val2014_000000000042.jpg`. */
export type ImageNaming = "as-is" | { coco: string }

const id = z.union([z.string(), z.number()])
const person = z.union([z.string(), z.looseObject({ answer: z.string() }).transform(({ answer }) => answer)])
const turn = z.looseObject({ from: z.string(), value: z.string() })

const schema = z.looseObject({
  question_id: id.optional(),
  questionId: id.optional(),
  id: id.optional(),
  index: id.optional(),
  image: z.string().optional(),
  imagename: z.string().optional(),
  file_name: z.string().optional(),
  image_id: id.optional(),
  imageId: id.optional(),
  text: z.string().optional(),
  question: z.string().optional(),
  conversations: z.array(turn).min(1).optional(),
  category: z.string().optional(),
  label: z.string().optional(),
  answer: z.string().optional(),
  answers: z.array(person).optional(),
  multiple_choice_answer: z.string().optional(),
  caption: person.optional(),
  captions: z.array(z.string()).optional(),
})

type Fields = z.infer<typeof schema>

/** One question of a file, whichever project's names its fields have. */
export function readQuestion(
  entry: JsonEntry,
  { file, naming, text: asked }: { file: string; naming: ImageNaming; text: string | undefined },
): EvaluationQuestion {
  const what = entry.key === undefined ? "A question" : `The question ${entry.key}`
  const fields = checkEntry(entry, schema, { what, file })
  const image = imageOf(fields, naming)
  const questionId =
    entry.key ?? fields.question_id ?? fields.questionId ?? fields.id ?? fields.index ?? fields.image_id
  const turns = fields.conversations
  const text = fields.text ?? fields.question ?? turns?.[0]?.value ?? asked
  if (questionId === undefined || questionId === "" || text === undefined) {
    const problem = text === undefined ? `The question ${questionId ?? ""} has no text` : "A question has no id"
    throw new EvaluationError(`${problem.replace(/ {2}/, " ")}.`, {
      code: "record-invalid",
      file,
      line: entry.line(),
      fix: "A question is { question_id, image, text }; for captions { image_id, image } is enough.",
    })
  }
  const answers = answersOf(fields)
  return {
    id: questionId,
    text: withoutPlaceholder(text),
    ...(image !== undefined && { image }),
    ...(fields.category !== undefined && { category: fields.category }),
    ...(answers.length > 0 && { answers }),
  }
}

function imageOf(fields: Fields, naming: ImageNaming): string | undefined {
  const named = fields.image ?? fields.imagename ?? fields.file_name
  if (named !== undefined) return named === "" ? undefined : named
  const number = fields.image_id ?? fields.imageId
  if (number === undefined) return undefined
  if (naming !== "as-is") return `COCO_${naming.coco}_${String(number).padStart(12, "0")}.jpg`
  return /\.\w+$/.test(String(number)) ? String(number) : `${number}.jpg`
}

function answersOf(fields: Fields): readonly string[] {
  const { answers, captions, caption, conversations } = fields
  if (answers !== undefined) return answers
  if (captions !== undefined) return captions
  const reply = conversations?.find(({ from }) => from === "gpt")?.value
  const one = fields.label ?? fields.multiple_choice_answer ?? fields.answer ?? caption ?? reply
  return one === undefined ? [] : [one]
}

/** Whether an image is there is said by its name; where it goes is for whoever asks. */
function withoutPlaceholder(text: string): string {
  const { length } = IMAGE_PLACEHOLDER
  if (text.startsWith(IMAGE_PLACEHOLDER)) return text.slice(length).replace(/^\n/, "")
  return text.endsWith(IMAGE_PLACEHOLDER) ? text.slice(0, -length).replace(/\n$/, "") : text
}
