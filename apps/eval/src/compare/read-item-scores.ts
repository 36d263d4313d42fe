import {
  EvaluationError,
  parseAnswers,
  parseGrades,
  parsePopeQuestions,
  parseReply,
  parseReviews,
  scoreScienceQA,
} from "@llava/eval"
import { readPopeSplit } from "../files/read-pope-split.ts"
import { readProblems } from "../files/read-problems.ts"
import { readText } from "../files/read-text.ts"

export type CompareTask = "scienceqa" | "pope" | "llava-bench" | "mm-vet"

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
