import { z } from "zod"
import type { AnswerFile } from "../answers/answer-file.ts"
import { matchAnswers } from "../answers/match-answers.ts"
import { EvaluationError } from "../evaluation-error.ts"
import { checkEntry } from "../files/check-entry.ts"
import { idSchema } from "../files/id-schema.ts"
import { isRecord } from "../files/is-record.ts"
import { jsonEntries } from "../files/json-entries.ts"
import { parseJsonFile } from "../files/json-file.ts"
import { percent } from "../statistics/percent.ts"
import { gqaMatch, textVqaAccuracy, vqaAccuracy } from "./vqa-accuracy.ts"

/** How answers are compared: VQAv2's and TextVQA's accuracies against ten people, or GQA's exact match. */
export type VqaMetric = "vqa" | "textvqa" | "gqa"

const personSchema = z.union([z.string(), z.looseObject({ answer: z.string() }).transform(({ answer }) => answer)])
const truthSchema = z.looseObject({
  answers: z.array(personSchema).min(1).optional(),
  answer: z.string().optional(),
})

/**
 * The true answers by question: VQAv2's annotations, TextVQA's `{ data }`, GQA's `{ id: { answer } }`, or lists and lines of
 * `{ question_id, answer | answers }`.
 * @throws EvaluationError `record-invalid`, `id-repeated`
 */
export function parseVqaTruths(text: string, file: string): Map<string, readonly string[]> {
  const json = parseJsonFile(text, file)
  const top = json.kind === "value" ? json.value : undefined
  const part = ["annotations", "data", "questions"].find((name) => isRecord(top) && Array.isArray(top[name]))
  const truths = new Map<string, readonly string[]>()
  for (const entry of jsonEntries(json, part === undefined ? [] : [part])) {
    const fields = isRecord(entry.value) ? entry.value : { answer: entry.value }
    const id = entry.key ?? idSchema.parse(fields["question_id"] ?? fields["questionId"] ?? fields["id"] ?? "")
    const { answers, answer } = checkEntry({ ...entry, value: fields }, truthSchema, {
      what: `The question ${id}`,
      file,
    })
    const people = answers ?? (answer === undefined ? [] : [answer])
    const problem = truths.has(id)
      ? "is there twice"
      : id === "" || people.length === 0
        ? "lacks its id or answer"
        : undefined
    if (problem !== undefined) {
      throw new EvaluationError(`The question ${id} ${problem}.`, {
        code: truths.has(id) ? "id-repeated" : "record-invalid",
        file,
        line: entry.line(),
        fix: "Each question has an id and one list of answers.",
      })
    }
    truths.set(id, people)
  }
  return truths
}

export interface VqaScore {
  /** In percent with two decimals, over all questions; those without an answer count as wrong. */
  accuracy: number | null
  questions: number
  missing: number
  unknown: number
  /** Of each question, 0 to 1. */
  scores: Map<string, number>
  notes: string[]
}

/**
 * The accuracy of short answers.
 * @throws EvaluationError `answers-unrelated`
 */
export function scoreVqa(
  truths: ReadonlyMap<string, readonly string[]>,
  predictions: AnswerFile,
  metric: VqaMetric = "vqa",
): VqaScore {
  const { missing, unknown, notes } = matchAnswers(truths, predictions)
  const scores = new Map<string, number>()
  for (const [id, people] of truths) {
    const answer = predictions.answers.get(id)?.text
    scores.set(id, answer === undefined ? 0 : compare(answer, people, metric))
  }
  const sum = [...scores.values()].reduce((total, score) => total + score, 0)
  return {
    accuracy: percent(sum, truths.size),
    questions: truths.size,
    missing: missing.length,
    unknown: unknown.length,
    scores,
    notes,
  }
}

function compare(answer: string, people: readonly string[], metric: VqaMetric): number {
  if (metric === "gqa") return Number(people.some((truth) => gqaMatch(answer, truth)))
  return metric === "textvqa" ? textVqaAccuracy(answer, people) : vqaAccuracy(answer, people)
}
