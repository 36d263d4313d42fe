import { EvaluationError } from "../evaluation-error.ts"
import { isRecord } from "../files/is-record.ts"
import { type JsonEntry, jsonEntries } from "../files/json-entries.ts"
import { type JsonFile, parseJsonFile } from "../files/json-file.ts"
import type { EvaluationQuestion } from "./evaluation-question.ts"
import { type ImageNaming, readQuestion } from "./read-question.ts"

/** The questions of a file, in its order. */
export interface QuestionFile {
  file: string
  /** Which of the known layouts it has, in words. */
  layout: string
  questions: EvaluationQuestion[]
}

export interface ParseQuestionsOptions {
  /** Asked about each image where the file has images and no questions: the task of captions. */
  text?: string
  /** Some files (MME's) ask twice under one id: the second question then gets `#2` after it. Otherwise that is refused. */
  numberRepeated?: boolean
}

/**
 * A question file of any known layout, told by looking at it: LLaVA's `{ question_id, image, text, category }` lines,
 * VQAv2's `{ questions }`, TextVQA's `{ data }`, GQA's and MM-Vet's objects by id, COCO's `{ images }`, and LLaVA's
 * conversations with a human turn.
 *
 * @param file named in errors
 * @throws EvaluationError `record-invalid` for a question without id or text, `id-repeated`, `file-empty`, `line-invalid`.
 */
export function parseQuestions(text: string, file: string, options: ParseQuestionsOptions = {}): QuestionFile {
  const { layout, entries, naming, captions } = findQuestions(parseJsonFile(text, file))
  const seen = new Map<string, JsonEntry>()
  const questions = entries.map((entry) => {
    const question = readQuestion(entry, { file, naming, text: options.text })
    const answers = captions?.get(String(question.id))
    const key = String(question.id)
    const before = seen.get(key)
    if (before !== undefined && options.numberRepeated !== true) {
      throw new EvaluationError(`The question ${key} is there twice, first in line ${before.line() ?? "?"}.`, {
        code: "id-repeated",
        file,
        line: entry.line(),
        fix: "Keep one of them.",
      })
    }
    seen.set(key, entry)
    return answers === undefined ? question : { ...question, answers }
  })
  if (questions.length === 0) {
    throw new EvaluationError("There are no questions in the file.", {
      code: "file-empty",
      file,
      fix: "It may have been cut off; make it again.",
    })
  }
  return { file, layout, questions: options.numberRepeated === true ? numberRepeated(questions) : questions }
}

function numberRepeated(questions: readonly EvaluationQuestion[]): EvaluationQuestion[] {
  const counts = new Map<string, number>()
  return questions.map((question) => {
    const key = String(question.id)
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count === 1 ? question : { ...question, id: `${key}#${count}` }
  })
}

interface FoundQuestions {
  layout: string
  entries: JsonEntry[]
  naming: ImageNaming
  /** References of COCO's file by image id: answers of examples. */
  captions?: Map<string, string[]>
}

function findQuestions(json: JsonFile): FoundQuestions {
  const top = json.kind === "value" && isRecord(json.value) ? json.value : undefined
  if (top === undefined) {
    const layout = json.kind === "lines" ? "question lines" : "list of questions"
    return { layout, entries: jsonEntries(json), naming: "as-is" }
  }
  if (Array.isArray(top["questions"])) {
    const subtype = top["data_subtype"]
    const naming: ImageNaming = typeof subtype === "string" ? { coco: subtype } : "as-is"
    return { layout: "VQAv2 questions", entries: jsonEntries(json, ["questions"]), naming }
  }
  if (Array.isArray(top["data"])) {
    return { layout: "TextVQA questions", entries: jsonEntries(json, ["data"]), naming: "as-is" }
  }
  if (Array.isArray(top["images"])) {
    return { layout: "COCO images", entries: jsonEntries(json, ["images"]), naming: "as-is", captions: captionsOf(top) }
  }
  // One line alone is a question of its own.
  if ("question_id" in top && ("text" in top || "question" in top)) {
    return {
      layout: "question lines",
      entries: [{ key: undefined, value: top, line: () => 1 }],
      naming: "as-is",
    }
  }
  return { layout: "{ id: question }", entries: jsonEntries(json), naming: "as-is" }
}

function captionsOf(top: Record<string, unknown>): Map<string, string[]> {
  const captions = new Map<string, string[]>()
  const annotations: unknown = top["annotations"]
  for (const annotation of Array.isArray(annotations) ? annotations : []) {
    if (!isRecord(annotation) || typeof annotation["caption"] !== "string") continue
    const id = String(annotation["image_id"])
    captions.set(id, [...(captions.get(id) ?? []), annotation["caption"]])
  }
  return captions
}
