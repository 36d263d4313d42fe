import { answerSchema, parseJsonLines } from "@llava/core"
import { z } from "zod"
import type { About } from "../dialogue/about.ts"
import { questionKinds } from "../dialogue/question-kind.ts"
import { makeScene } from "../scene/make-scene.ts"
import { ScenesError } from "../scenes-error.ts"
import type { World } from "../world/world.ts"
import { judgeAnswer } from "./judge-answer.ts"

const lineSchema = z.looseObject({
  question_id: z.union([z.string(), z.number()]),
  text: z.string(),
  category: z.enum(questionKinds),
  answer: z.string(),
  about: z.custom<About>((value) => typeof value === "object" && value !== null && "type" in value),
  seed: z.number().int().nonnegative(),
})

export interface JudgeFileOptions {
  world: World
  /** The text of `questions_*.jsonl`; `file` is named in errors. */
  questions: { file: string; text: string }
  /** JSON lines of `{ question_id, text }`. */
  answers: { file: string; text: string }
}

export interface RightCount {
  right: number
  count: number
}

/**
 * How many answers are right, by kind of question and in all. A question without an answer counts as wrong.
 *
 * @throws DatasetError for a line that does not fit; ScenesError `no-answers` where no answer belongs to a question
 */
export function judgeFile({ world, questions, answers }: JudgeFileOptions): {
  kinds: Map<string, RightCount>
  all: RightCount
} {
  const given = new Map(
    parseJsonLines(answers.text, answerSchema, answers.file).map(({ question_id, text }) => [
      String(question_id),
      text,
    ]),
  )
  const kinds = new Map<string, RightCount>()
  const all = { right: 0, count: 0 }
  let matched = 0
  for (const line of parseJsonLines(questions.text, lineSchema, questions.file)) {
    const { question_id, text: question, category: kind, answer, about, seed } = line
    const reply = given.get(String(question_id))
    if (reply !== undefined) matched++
    const asked = { kind, question, answer, about, scene: makeScene(world, seed) }
    const isRight = reply !== undefined && judgeAnswer(asked, reply) === "right"
    const ofKind = kinds.get(kind) ?? { right: 0, count: 0 }
    kinds.set(kind, ofKind)
    for (const counter of [ofKind, all]) {
      counter.count++
      if (isRight) counter.right++
    }
  }
  if (matched > 0) return { kinds, all }
  throw new ScenesError(`No answer of ${answers.file} belongs to a question of ${questions.file}.`, {
    code: "no-answers",
    fix: "Each line needs the question_id of its question.",
  })
}
