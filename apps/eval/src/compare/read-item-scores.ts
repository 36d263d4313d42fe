import {
  EvaluationError,
  parseAnswers,
  parseGrades,
  parsePopeQuestions,
  parseQuestions,
  parseReply,
  parseReviews,
  parseVqaTruths,
  scoreScienceQA,
  scoreVqa,
  yesNoItems,
} from "@llava/eval"
import { readPopeSplit } from "../files/read-pope-split.ts"
import { readProblems } from "../files/read-problems.ts"
import { readText } from "../files/read-text.ts"

export const compareTasks = [
  "scienceqa",
  "pope",
  "llava-bench",
  "mm-vet",
  "vqa",
  "textvqa",
  "gqa",
  "mme",
  "zero-shot",
] as const

type CompareTask = (typeof compareTasks)[number]

export interface ItemScoresOptions {
  task: CompareTask
  problems?: string
  splits?: string
  split: string
  questions?: string
  annotations?: string[]
}

/** The score of each question that a file answers: 1 or 0 where it is right or wrong, else what a judge gave. */
export async function readItemScores(file: string, options: ItemScoresOptions): Promise<Map<string, number>> {
  const text = await readText(file)
  switch (options.task) {
    case "scienceqa": {
      const { problems, splits, split } = options
      const chosen = await readProblems({
        problems: need(problems, "--problems"),
        splits: need(splits, "--splits"),
        split,
      })
      const { problems: scored } = scoreScienceQA({ ...chosen, predictions: parseAnswers(text, file) })
      return new Map(scored.map(({ id, correct }) => [id, Number(correct)]))
    }
    case "pope":
      return popeScores(text, file, need(options.questions, "--questions"), need(options.annotations, "--annotations"))
    case "vqa":
    case "textvqa":
    case "gqa": {
      const [truths] = need(options.annotations, "--annotations")
      const known = parseVqaTruths(await readText(truths!), truths!)
      const predictions = parseAnswers(text, file)
      const { scores } = scoreVqa(known, predictions, options.task)
      return new Map([...scores].filter(([id]) => predictions.answers.has(id)))
    }
    case "mme": {
      const questions = need(options.questions, "--questions")
      const asked = parseQuestions(await readText(questions), questions, { numberRepeated: true })
      const { items } = yesNoItems(asked, parseAnswers(text, file, { numberRepeated: true }))
      return new Map(
        items.flatMap(({ label, reply }, index) => {
          if (reply === undefined) return []
          const { answer, parsed } = parseReply(reply)
          return [[String(asked.questions[index]!.id), Number(parsed && answer === label)]]
        }),
      )
    }
    case "zero-shot": {
      const questions = need(options.questions, "--questions")
      const asked = parseQuestions(await readText(questions), questions, { text: "" })
      const { answers } = parseAnswers(text, file)
      return new Map(
        asked.questions.flatMap(({ id, answers: labels }) => {
          const label = answers.get(String(id))?.text
          return label === undefined ? [] : [[String(id), Number(label.toLowerCase() === labels?.[0]?.toLowerCase())]]
        }),
      )
    }
    case "llava-bench":
      return new Map(
        parseReviews(text, file).reviews.flatMap(({ question, scores }) =>
          scores === undefined ? [] : [[question, scores[1]]],
        ),
      )
    case "mm-vet":
      return new Map(
        parseGrades(text, file).grades.flatMap(({ id, scores }) => {
          const present = scores.filter((score) => score !== undefined)
          return present.length === 0 ? [] : [[id, present.reduce((sum, score) => sum + score, 0) / present.length]]
        }),
      )
  }
}

async function popeScores(text: string, file: string, questionFile: string, annotations: string[]) {
  const questions = parsePopeQuestions(await readText(questionFile), questionFile)
  const { answers } = parseAnswers(text, file)
  const scores = new Map<string, number>()
  for (const { split, annotations: labels } of await Promise.all(annotations.map(readPopeSplit))) {
    const own = questions.filter(({ category }) => category === split)
    for (const [index, { question_id }] of own.entries()) {
      const reply = answers.get(question_id)?.text
      if (reply !== undefined) scores.set(question_id, Number(parseReply(reply).answer === labels[index]?.label))
    }
  }
  return scores
}

function need<Value>(value: Value | undefined, option: string): Value {
  if (value !== undefined) return value
  throw new EvaluationError("It is not given.", { code: "command-line", file: option, fix: "This task needs it." })
}
